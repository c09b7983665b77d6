package io.caravan.app.command.letter;

import io.caravan.model.feed.FeedEntries;
import io.caravan.model.ledger.DeadLetter.Status;
import io.caravan.model.ledger.DeadLetterFilter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which dead letters are meant. */
final class DeadLetterChoice {

    @Option(names = "--feed", paramLabel = "NAME", description = "Only those of this feed.")
    private @Nullable String feed;

    @Option(names = "--load", paramLabel = "ID", description = "Only those that this load rejected.")
    private @Nullable String load;

    @Option(names = "--key", paramLabel = "KEY", description = "Only those of the object with this key.")
    private @Nullable String key;

    @Option(names = "--line", paramLabel = "N", description = "Only those of records that start at this line.")
    private @Nullable Long line;

    @Option(names = "--code", paramLabel = "CODE", description = "Only those with this error code.")
    private @Nullable String code;

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "Only those for which the value of this column is to blame.")
    private @Nullable String column;

    /** Returns what was chosen of the dead letters with a status; null for any. */
    DeadLetterFilter filter(@Nullable Status status) {
        return new DeadLetterFilter(feed == null ? null : FeedEntries.named(feed), load, key, null, line, code, status)
                .inColumn(column);
    }

    @Nullable
    String feed() {
        return feed;
    }

    /** Returns whether nothing was said but the feed. */
    boolean isOfWholeFeed() {
        return load == null && key == null && line == null && code == null && column == null;
    }

    /** Returns whether nothing was said. */
    boolean isEmpty() {
        return feed == null && isOfWholeFeed();
    }
}
