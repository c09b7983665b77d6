package io.caravan.app.command;

import io.caravan.app.settings.Setting;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each line about a failure as a log event, for the JSON log format, in which every line of stderr is an event. */
public final class LogWriter extends Writer {

    /** What fails is the command, not what tells of it. */
    private static final Logger log = LoggerFactory.getLogger("io.caravan.app.Caravan");

    private final StringBuilder line = new StringBuilder();

    /** Returns what commands write their failures to: stderr, or the log where that is JSON. */
    public static PrintWriter orElse(PrintWriter stderr, Map<String, String> environment) {
        return "json".equals(environment.get(Setting.LOG_FORMAT.variable()))
                ? new PrintWriter(new LogWriter(), true)
                : stderr;
    }

    /** Says that a thread has ended by an exception that nobody has caught; the JVM would show its stack trace. */
    public static void threadDied(Thread thread, Throwable failure) {
        log.error(
                "Thread {} has ended by an unexpected {}; --verbose shows where it comes from",
                thread.getName(),
                failure.getClass().getName(),
                failure);
    }

    @Override
    public void write(char[] text, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (text[i] != '\n') {
                line.append(text[i]);
            } else {
                end();
            }
        }
    }

    private void end() {
        if (!line.isEmpty()) {
            log.error("{}", line);
        }
        line.setLength(0);
    }

    /** A line that is not ended yet waits for its end. */
    @Override
    public void flush() {}

    @Override
    public void close() {
        end();
    }
}
