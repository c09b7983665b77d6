package io.caravan.app.command;

import io.caravan.app.report.LoadReport;
import io.caravan.app.report.LoadTable;
import io.caravan.app.report.Progress;
import io.caravan.app.settings.Settings;
import io.caravan.base.VisibleText;
import io.caravan.spi.LoadListener;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
        LoadReport load(Settings settings, Set<String> feeds, LoadListener listener) throws Exception;
    }

    private final Supplier<Settings> settings;
    private final Pass pass;
    private final Progress progress;
    private final PrintWriter out;
    private final PrintWriter err;

    @Option(names = "--feed", paramLabel = "NAME", description = "Only this feed; may be repeated. Default: all feeds.")
    private Set<String> feeds = new LinkedHashSet<>();

    @Mixin
    private FormatOption format = new FormatOption();

    public LoadCommand(Supplier<Settings> settings, Pass pass, Progress progress, PrintWriter out, PrintWriter err) {
        this.settings = settings;
        this.pass = pass;
        this.progress = progress;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws Exception {
        LoadReport report;
        try (progress) {
            report = pass.load(settings.get(), feeds, progress);
        }
        out.print(format.format().render(LoadTable.of(report.lines())));
        out.flush();
        report.failures().forEach(failure -> err.println("caravan: " + VisibleText.of(failure.message())));
        err.flush();
        return report.exitCode();
    }
}
