package io.caravan.app.log;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.caravan.app.command.GlobalOptions;
import io.caravan.app.command.Version;
import io.caravan.app.settings.Setting;
import java.time.ZoneId;
import java.util.Map;

/**
 * Sends the log to stderr: stdout is for results. It is found as a service by Logback, which reads a file in its place where the
 * system property {@code logback.configurationFile} names one.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class StderrLog extends ContextAwareBase implements Configurator {

    private final Map<String, String> environment;

    public StderrLog() {
        this(System.getenv());
    }

    StderrLog(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        boolean verbose = Boolean.getBoolean(GlobalOptions.VERBOSE_PROPERTY);
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender(context, encoder(verbose)));
        context.getLogger("io.caravan")
                .setLevel(Level.toLevel(environment.get(Setting.LOG_LEVEL.variable()), Level.INFO));
        if (!verbose) {
            // What a statement fails for, Caravan says by itself.
            context.getLogger("com.zaxxer.hikari.pool.ProxyConnection").setLevel(Level.ERROR);
        }
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private Encoder<ILoggingEvent> encoder(boolean verbose) {
        return "json".equals(environment.get(Setting.LOG_FORMAT.variable()))
                ? new JsonLogLines(Version.number())
                : new TextLogLines(ZoneId.systemDefault(), verbose);
    }

    private static ConsoleAppender<ILoggingEvent> appender(LoggerContext context, Encoder<ILoggingEvent> encoder) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.addFilter(new KnownWarnings());
        encoder.start();
        appender.start();
        return appender;
    }
}
