package io.caravan.load.verify;

import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.verify.LedgerObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares what a load has come to when it is repeated with what the ledger has of it. */
public final class Deviation {

    /** What must come to the same. */
    public enum Rule {
        /** Only what reading the objects tells: their rows meet others than then. */
        READING,
        /** How many rows of the table the objects' rows meet: what these held before is not known. */
        MEETING,
        /** All that was done. */
        EFFECT
    }

    private static final String SINCE = "; the feed, its table or rows of it were changed since";

    private final Doubts doubts;
    private long fewer;

    public Deviation(Doubts doubts) {
        this.doubts = doubts;
    }

    /**
     * Compares the objects of a load.
     *
     * @param then the entries of those that were repeated
     * @param now null if the load did not get so far
     */
    public void check(List<LedgerObject> then, @Nullable LoadRecord now, Rule rule) {
        Map<ObjectVersion, LedgerEntry> entries = new HashMap<>();
        if (now != null) {
            now.objects().forEach(entry -> entries.put(entry.object(), entry));
        }
        for (LedgerObject object : then) {
            @Nullable LedgerEntry entry = entries.get(object.object());
            if (entry == null) {
                doubts.lose(object.object().uri() + " is not loaded today");
            } else {
                check(object, entry, rule);
            }
        }
    }

    private void check(LedgerObject then, LedgerEntry now, Rule rule) {
        String uri = then.object().uri();
        if (then.outcome() != now.outcome()) {
            doubts.lose(uri + " was " + then.outcome().text() + ", and would be "
                    + now.outcome().text() + " today" + (now.error() == null ? "" : ": " + now.error()));
        } else if (then.sha256() != null
                && now.sha256() != null
                && !then.sha256().equals(now.sha256())) {
            doubts.lose(uri + " has other bytes than those that were loaded");
        } else if (then.outcome() == Outcome.REPLAYED && !isSameReading(then.counts(), now.counts())) {
            doubts.lose("dead letters of " + uri + " were replayed with other records than are kept: "
                    + read(now.counts()) + " today, and then " + read(then.counts()));
        } else if (then.outcome() == Outcome.LOADED || then.outcome() == Outcome.REPLAYED) {
            check(uri, then.counts(), now.counts(), rule);
        }
    }

    private void check(String uri, LoadCounts then, LoadCounts now, Rule rule) {
        if (!isSameReading(then, now)) {
            doubts.deviate(uri + " reads otherwise today: " + read(now) + ", and then " + read(then) + SINCE);
        } else if (rule == Rule.EFFECT && !isSameEffect(then, now)) {
            doubts.deviate(uri + " would do otherwise today: " + effect(now) + ", and then " + effect(then) + SINCE);
        } else if (rule == Rule.MEETING && met(then) > met(now)) {
            fewer = Math.max(fewer, met(then) - met(now));
            doubts.note(uri + " meets " + met(now) + " rows of the table, and met " + met(then) + " then");
        } else if (rule == Rule.MEETING && met(then) < met(now)) {
            doubts.deviate(uri + " would update " + met(now) + " rows of the table today, and met " + met(then)
                    + " then; others were newer, or were added since");
        }
    }

    /** Returns how many rows at least are gone that objects met when they were loaded. */
    public long fewer() {
        return fewer;
    }

    private static long met(LoadCounts counts) {
        return counts.updated() + counts.unchanged();
    }

    private static boolean isSameReading(LoadCounts then, LoadCounts now) {
        return then.read() == now.read() && then.rejected() == now.rejected() && then.superseded() == now.superseded();
    }

    private static boolean isSameEffect(LoadCounts then, LoadCounts now) {
        return then.inserted() == now.inserted()
                && then.updated() == now.updated()
                && then.unchanged() == now.unchanged()
                && then.deleted() == now.deleted()
                && then.stale() == now.stale();
    }

    private static String read(LoadCounts counts) {
        return counts.read() + " records, " + counts.rejected() + " rejected, " + counts.superseded() + " superseded";
    }

    private static String effect(LoadCounts counts) {
        return counts.inserted() + " inserted, " + counts.updated() + " updated, " + counts.unchanged() + " unchanged, "
                + counts.deleted() + " deleted, " + counts.stale() + " stale";
    }
}
