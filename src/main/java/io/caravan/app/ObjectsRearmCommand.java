package io.caravan.app;

import io.caravan.model.ObjectFilter;
import io.caravan.spi.Ledger.Mode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "rearm", description = "Has objects loaded again by the next pass, also those that were loaded before.")
final class ObjectsRearmCommand implements Callable<Integer> {

    /** What says so in the ledger. */
    interface Rearming {

        /**
         * Rearms objects, and returns how many.
         *
         * @param feed name of the feed
         * @throws io.caravan.base.InvalidConfigurationException if there is no such feed
         */
        long rearm(Settings settings, String feed, ObjectFilter filter, Mode mode);
    }

    private final Supplier<Settings> settings;
    private final Rearming rearming;
    private final PrintWriter out;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(names = "--feed", paramLabel = "NAME", required = true, description = "The feed of the objects.")
    @SuppressWarnings("NullAway.Init") // picocli insists on it.
    private String feed;

    @Option(names = "--key", paramLabel = "KEY", description = "The object with this key.")
    private @Nullable String key;

    @Option(names = "--prefix", paramLabel = "PREFIX", description = "Those whose keys begin so.")
    private @Nullable String prefix;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Moment.class,
            description = "Those dealt with at this time or later.")
    private @Nullable Instant since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = Moment.class,
            description = "Those dealt with before this time.")
    private @Nullable Instant until;

    @Option(names = "--dry-run", description = "Only say how many.")
    private boolean dryRun;

    ObjectsRearmCommand(Supplier<Settings> settings, Rearming rearming, PrintWriter out) {
        this.settings = settings;
        this.rearming = rearming;
        this.out = out;
    }

    @Override
    public Integer call() {
        if (key == null && prefix == null && since == null && until == null) {
            throw new ParameterException(
                    spec.commandLine(), "Say which objects are meant, by --key, --prefix, --since or --until");
        }
        ObjectFilter filter = new ObjectFilter(null, null, key, prefix, since, until);
        long objects = rearming.rearm(settings.get(), feed, filter, dryRun ? Mode.DRY_RUN : Mode.WRITE);
        out.println(
                dryRun
                        ? "Would rearm " + Figures.number(objects) + " objects of feed " + feed + "."
                        : "Rearmed " + Figures.number(objects) + " objects of feed " + feed
                                + (objects == 0 ? "." : "; the next pass loads those that are still there."));
        out.flush();
        return ExitCode.DONE;
    }
}
