package io.caravan.app.command.pass;

import io.caravan.app.command.CommandContext;
import io.caravan.app.command.FormatOption;
import io.caravan.app.command.InstantConverter;
import io.caravan.app.report.Progress;
import io.caravan.app.settings.Settings;
import io.caravan.app.verify.VerifyReport;
import io.caravan.app.verify.VerifyRequest;
import io.caravan.spi.LoadListener;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description =
                "Compares tables with the objects that were loaded into them, row by row, by loading them again beside the"
                        + " table. Nothing is written. Exits with 3 if rows differ, and with 1 if the result is not known.")
public final class VerifyCommand implements Callable<Integer> {

    /** What compares tables. */
    public interface Verifying {

        /**
         * Compares tables with their objects.
         *
         * @throws io.caravan.base.InvalidConfigurationException if there is no feed of such a name
         */
        VerifyReport verify(Settings settings, VerifyRequest request, LoadListener listener) throws Exception;
    }

    private final CommandContext context;
    private final Verifying verifying;

    @Option(
            names = "--feed",
            paramLabel = "NAME",
            description = "Only the table of this feed; may be repeated. Default: all tables.")
    private Set<String> feeds = new LinkedHashSet<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Only rows of objects that were loaded at this time or later, as 2026-11-23T00:26:20Z.")
    private @Nullable Instant since;

    @Mixin
    private FormatOption format = new FormatOption();

    public VerifyCommand(CommandContext context, Verifying verifying) {
        this.context = context;
        this.verifying = verifying;
    }

    @Override
    public Integer call() throws Exception {
        VerifyReport report;
        try (Progress progress = context.progress()) {
            report = verifying.verify(context.readSettings(), new VerifyRequest(feeds, since), progress);
        }
        context.print(report.render(format.format(), context.screen()));
        report.failures().forEach(context::note);
        return report.exitCode();
    }
}
