package io.caravan.app.command;

import io.caravan.app.text.FigureText;
import io.caravan.spi.Ledger.Mode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which objects of a feed are meant, and whether something is to be done about them. */
final class ObjectChoice {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(names = "--feed", paramLabel = "NAME", required = true, description = "The feed of the objects.")
    @SuppressWarnings("NullAway.Init") // picocli insists on it.
    private String feed;

    @Option(names = "--key", paramLabel = "KEY", description = "The object with this key.")
    private @Nullable String key;

    @Option(names = "--prefix", paramLabel = "PREFIX", description = "Those whose keys begin so.")
    private @Nullable String prefix;

    @Option(names = "--dry-run", description = "Only say how many.")
    private boolean dryRun;

    String feed() {
        return feed;
    }

    @Nullable
    String key() {
        return key;
    }

    @Nullable
    String prefix() {
        return prefix;
    }

    boolean isDryRun() {
        return dryRun;
    }

    Mode mode() {
        return dryRun ? Mode.DRY_RUN : Mode.WRITE;
    }

    /**
     * Insists on one option that says which objects are meant.
     *
     * @param another whether one is given that is not here
     * @param options all of them, for people
     */
    void require(boolean another, String options) {
        if (key == null && prefix == null && !another) {
            throw new ParameterException(spec.commandLine(), "Say which objects are meant, by " + options);
        }
    }

    /** Returns what was done, or would be, for people; without the end of the sentence. */
    String done(String done, String would, long objects) {
        return (dryRun ? "Would " + would : done) + " " + FigureText.number(objects) + " objects of feed " + feed;
    }

    /** Returns whether an object with this key is meant. */
    boolean includes(String objectKey) {
        return (key == null || objectKey.equals(key)) && (prefix == null || objectKey.startsWith(prefix));
    }
}
