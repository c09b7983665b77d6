package io.caravan.app.command;

import io.caravan.app.report.ExitCode;
import io.caravan.app.settings.Settings;
import io.caravan.model.ledger.ObjectFilter;
import io.caravan.spi.Ledger.Mode;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rearm",
        description =
                "Has objects loaded again by the next pass, also those that were loaded before. At least one option says which;"
                        + " --prefix '' takes all.")
public final class ObjectsRearmCommand implements Callable<Integer> {

    /** What says so in the ledger. */
    public interface Rearming {

        /**
         * Rearms objects, and returns how many.
         *
         * @param feed name of the feed
         * @throws io.caravan.base.InvalidConfigurationException if there is no such feed
         */
        long rearm(Settings settings, String feed, ObjectFilter filter, Mode mode);
    }

    private final CommandContext context;
    private final Rearming rearming;

    @Mixin
    private ObjectChoice choice = new ObjectChoice();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Those dealt with at this time or later.")
    private @Nullable Instant since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Those dealt with before this time.")
    private @Nullable Instant until;

    public ObjectsRearmCommand(CommandContext context, Rearming rearming) {
        this.context = context;
        this.rearming = rearming;
    }

    @Override
    public Integer call() {
        choice.require(since != null || until != null, "--key, --prefix, --since or --until");
        ObjectFilter filter = new ObjectFilter(null, null, choice.key(), choice.prefix(), since, until);
        long objects = rearming.rearm(context.readSettings(), choice.feed(), filter, choice.mode());
        boolean willLoad = objects > 0 && !choice.isDryRun();
        context.say(choice.done("Rearmed", "rearm", objects)
                + (willLoad ? "; the next pass loads those that are still there." : "."));
        return ExitCode.DONE;
    }
}
