package io.caravan.testing;

import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.Mode;
import io.caravan.model.feed.ObjectOrder;
import io.caravan.model.feed.ObjectPolicy;
import io.caravan.model.feed.Provenance;
import java.util.List;

/** A feed for tests that care for one thing of it: {@code f}, of bucket {@code b}, into {@code public.t} by {@code id}. */
public final class TestingFeed {

    private TestingFeed() {}

    /** Returns a feed of this mode. */
    public static Feed of(Mode mode) {
        return of(policy(mode, Duplicates.LAST));
    }

    /** Returns a feed whose rows become changes so. */
    public static Feed of(MergePolicy merge) {
        return of(merge, List.of("id"), Provenance.NONE);
    }

    public static Feed of(MergePolicy merge, List<String> keys, Provenance provenance) {
        return of(merge, keys, provenance, false);
    }

    /** Returns a feed that leaves out objects whose bytes are loaded under another key. */
    public static Feed skippingRepeated(MergePolicy merge) {
        return of(merge, List.of("id"), Provenance.NONE, true);
    }

    private static Feed of(MergePolicy merge, List<String> keys, Provenance provenance, boolean skipsRepeated) {
        return new FeedBuilder()
                .merge(merge)
                .keys(keys)
                .provenance(provenance)
                .objects(new ObjectPolicy(ObjectOrder.TIME, skipsRepeated))
                .build();
    }

    /** Returns a policy of which nothing else is said; a history closes no missing rows. */
    public static MergePolicy policy(Mode mode, Duplicates duplicates) {
        return new MergePolicy(mode, duplicates, null, null, 0.2, "Op", false, false);
    }
}
