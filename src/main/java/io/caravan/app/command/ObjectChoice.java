package io.caravan.app.command;

import io.caravan.spi.Ledger.Mode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which objects of a feed are meant, and whether something is to be done about them. */
final class ObjectChoice {

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

    /** Returns whether nothing was said but the feed. */
    boolean isOfWholeFeed() {
        return key == null && prefix == null;
    }

    /** Returns whether an object with this key is meant. */
    boolean includes(String objectKey) {
        return (key == null || objectKey.equals(key)) && (prefix == null || objectKey.startsWith(prefix));
    }
}
