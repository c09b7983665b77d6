package io.caravan.app.command;

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

    private final CommandContext context;
    private final Pass pass;

    @Option(names = "--feed", paramLabel = "NAME", description = "Only this feed; may be repeated. Default: all feeds.")
    private Set<String> feeds = new LinkedHashSet<>();

    @Mixin
    private FormatOption format = new FormatOption();

    public LoadCommand(CommandContext context, Pass pass) {
        this.context = context;
        this.pass = pass;
    }

    @Override
    public Integer call() throws Exception {
        PassReport report;
        try (Progress progress = context.progress()) {
            report = pass.load(context.readSettings(), feeds, progress);
        }
        context.print(report.render(format.format()));
        report.done().failures().forEach(failure -> context.note(failure.message()));
        report.done().incomplete().forEach(folder -> context.note(folder.message()));
        return report.done().exitCode();
    }
}
