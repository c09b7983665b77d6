package io.caravan.model.ledger;

import io.caravan.model.ObjectVersion;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters that one load left of one object.
 *
 * @param object the object version that the records stand in
 * @param load id of the load that rejected them
 * @param position place of the object's entry in the ledger of its target, from 1
 * @param outcome what became of the object in that load
 * @param header the object's header, as {@link LedgerEntry} has it
 * @param letters how many there are
 */
public record DeadLetterGroup(
        ObjectVersion object, String load, long position, Outcome outcome, @Nullable String header, long letters) {

    /** Returns as many of them. */
    public DeadLetterGroup withLetters(long fewer) {
        return new DeadLetterGroup(object, load, position, outcome, header, fewer);
    }
}
