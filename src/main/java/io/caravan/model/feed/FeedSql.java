package io.caravan.model.feed;

import static java.util.Objects.requireNonNull;

/**
 * SQL of a feed's own, a statement each; empty for none.
 *
 * @param before runs in a load's transaction, before the target is changed
 * @param after runs when the target is changed
 * @param afterCommit whether {@code after} runs after the commit, and not in the transaction
 */
public record FeedSql(String before, String after, boolean afterCommit) {

    public static final FeedSql NONE = new FeedSql("", "", false);

    public FeedSql {
        requireNonNull(before, "before");
        requireNonNull(after, "after");
    }
}
