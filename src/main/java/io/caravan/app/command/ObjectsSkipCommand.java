package io.caravan.app.command;

import io.caravan.app.report.ExitCode;
import io.caravan.app.settings.Settings;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.Ledger.Mode;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "skip",
        description =
                "Marks objects that are in S3 and not loaded yet as done, without loading them. Other versions of them"
                        + " load as ever. At least one option says which; --prefix '' takes all.")
public final class ObjectsSkipCommand implements Callable<Integer> {

    /** What says so in the ledger. */
    public interface Skipping {

        /**
         * Skips objects, and returns how many.
         *
         * @param feed name of the feed
         * @param wanted which of the feed's objects
         * @throws io.caravan.base.InvalidConfigurationException if there is no such feed
         */
        long skip(Settings settings, String feed, Predicate<ObjectVersion> wanted, Mode mode);
    }

    private final CommandContext context;
    private final Skipping skipping;

    @Mixin
    private ObjectChoice choice = new ObjectChoice();

    @Option(
            names = "--before",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Those that S3 stored before this time.")
    private @Nullable Instant before;

    public ObjectsSkipCommand(CommandContext context, Skipping skipping) {
        this.context = context;
        this.skipping = skipping;
    }

    @Override
    public Integer call() {
        choice.require(before != null, "--key, --prefix or --before");
        long objects = skipping.skip(context.readSettings(), choice.feed(), this::isMeant, choice.mode());
        context.say(choice.done("Skipped", "skip", objects) + ".");
        return ExitCode.DONE;
    }

    private boolean isMeant(ObjectVersion object) {
        return choice.includes(object.key())
                && (before == null || object.lastModified().isBefore(before));
    }
}
