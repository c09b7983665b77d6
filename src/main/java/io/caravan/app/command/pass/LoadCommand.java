package io.caravan.app.command.pass;

import io.caravan.app.command.CommandContext;
import io.caravan.app.command.FormatOption;
import io.caravan.app.preview.PreviewRequest;
import io.caravan.app.report.PassReport;
import io.caravan.app.report.Progress;
import io.caravan.app.settings.Settings;
import io.caravan.spi.LoadListener;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "load", description = "One pass: loads all that is new, then exits.")
public final class LoadCommand implements Callable<Integer> {

    /** One pass over feeds. */
    public interface Pass {

        /**
         * Loads all that is new.
         *
         * @param feeds names of the feeds; empty for all
         * @throws io.caravan.base.InvalidConfigurationException if there is no feed of such a name
         */
        PassReport load(Settings settings, Set<String> feeds, LoadListener listener) throws Exception;
    }

    private static final int DRY_RUN_ROWS = 20;

    private final CommandContext context;
    private final Pass pass;
    private final PreviewCommand.Previewing previewing;

    @Option(names = "--feed", paramLabel = "NAME", description = "Only this feed; may be repeated. Default: all feeds.")
    private Set<String> feeds = new LinkedHashSet<>();

    @Option(names = "--dry-run", description = "Load nothing; say what would be done, as 'preview' does.")
    private boolean dryRun;

    @Mixin
    private FormatOption format = new FormatOption();

    public LoadCommand(CommandContext context, Pass pass, PreviewCommand.Previewing previewing) {
        this.context = context;
        this.pass = pass;
        this.previewing = previewing;
    }

    @Override
    public Integer call() throws Exception {
        if (dryRun) {
            return PreviewCommand.print(
                    context, previewing, new PreviewRequest(feeds, null, null, DRY_RUN_ROWS, false), format.format());
        }
        PassReport report;
        try (Progress progress = context.progress()) {
            report = pass.load(context.readSettings(), feeds, progress);
        }
        context.print(report.render(format.format(), context.screen()));
        report.done().failures().forEach(failure -> context.note(failure.message()));
        report.done().incomplete().forEach(folder -> context.note(folder.message()));
        return report.done().exitCode();
    }
}
