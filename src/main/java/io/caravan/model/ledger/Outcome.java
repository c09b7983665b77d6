package io.caravan.model.ledger;

import io.caravan.model.feed.AfterLoad;
import io.caravan.model.feed.ObjectAction;
import java.util.Locale;

/** What became of an object version, or of a load. */
public enum Outcome {
    /** Its rows are in the target. */
    LOADED,
    /** Its bytes were loaded before, and nothing in the target was touched for it. */
    UNCHANGED,
    /** A newer snapshot made it needless before it was read. */
    SUPERSEDED,
    /** It can never load as it is; the target is as it was. */
    REJECTED,
    /** The load did not commit, or the object could not load although others could; both are tried again. */
    FAILED,
    /** Somebody has said that it is not to be loaded. */
    SKIPPED,
    /** Somebody has said that it is to be loaded again. */
    REARMED,
    /** Rejected rows of it went through its feed again; that says nothing of the object. */
    REPLAYED;

    /** Returns whether this is said of the object itself, and not of some of its rows. */
    public boolean isOfObject() {
        return this != REPLAYED;
    }

    /** Returns whether an object of which this was said last is dealt with, until another version of it arrives. */
    public boolean isDone() {
        return this != FAILED && this != REARMED;
    }

    /** Returns what is done in the store with an object of which this is said. */
    public ObjectAction action(AfterLoad afterLoad) {
        return switch (this) {
            case LOADED, UNCHANGED, SUPERSEDED -> afterLoad.onLoaded();
            case REJECTED -> afterLoad.onRejected();
            case FAILED, SKIPPED, REARMED, REPLAYED -> ObjectAction.KEEP;
        };
    }

    /** Returns the name as the ledger shows it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the outcome that the ledger shows by this name. */
    public static Outcome parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
