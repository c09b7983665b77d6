package io.caravan.app.command.pass;

import io.caravan.app.command.CommandContext;
import io.caravan.app.command.FormatOption;
import io.caravan.app.preview.PreviewReport;
import io.caravan.app.preview.PreviewRequest;
import io.caravan.app.report.Progress;
import io.caravan.app.settings.Settings;
import io.caravan.app.text.Format;
import io.caravan.spi.LoadListener;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "preview",
        description =
                "Says what the next load would do, by doing it and rolling it back: rows by what becomes of them, what would be"
                        + " rejected, changes of the table, deletions, the SQL. Nothing is written. Exits with 3 if something"
                        + " would be rejected.")
public final class PreviewCommand implements Callable<Integer> {

    /** What previews loads. */
    public interface Previewing {

        /**
         * Says what the next loads would do.
         *
         * @throws io.caravan.base.InvalidConfigurationException if there is no feed of such a name
         */
        PreviewReport preview(Settings settings, PreviewRequest request, LoadListener listener) throws Exception;
    }

    private final CommandContext context;
    private final Previewing previewing;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(names = "--feed", paramLabel = "NAME", description = "Only this feed; may be repeated. Default: all feeds.")
    private Set<String> feeds = new LinkedHashSet<>();

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "Only this object, as if it were next; with --file, the key that the file would have.")
    private @Nullable String key;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "A file of this machine, as if it were an object of the feed.")
    private @Nullable Path file;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "How many rows of each kind are shown. Default: ${DEFAULT-VALUE}.")
    private int rows = 20;

    @Option(names = "--offline", description = "Without the warehouse: only what reading the newest object tells.")
    private boolean offline;

    @Mixin
    private FormatOption format = new FormatOption();

    public PreviewCommand(CommandContext context, Previewing previewing) {
        this.context = context;
        this.previewing = previewing;
    }

    @Override
    public Integer call() throws Exception {
        if ((key != null || file != null) && feeds.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(), "Say by --feed of which one feed the object is that --key or --file names");
        }
        if (rows < 0) {
            throw new ParameterException(spec.commandLine(), "--rows is a number from 0 on");
        }
        return print(context, previewing, new PreviewRequest(feeds, key, file, rows, offline), format.format());
    }

    /** Previews, prints that, and returns the exit code. */
    public static int print(CommandContext context, Previewing previewing, PreviewRequest request, Format format)
            throws Exception {
        PreviewReport report;
        try (Progress progress = context.progress()) {
            report = previewing.preview(context.readSettings(), request, progress);
        }
        context.print(report.render(format, context.screen()));
        report.failures().forEach(context::note);
        return report.exitCode();
    }
}
