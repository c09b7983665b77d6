package io.caravan.model;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;

/**
 * What the staged rows of a load are about to do to the target, and how it is done.
 *
 * @param byObject what the rows of each object do, by its number in the load; an object whose rows change nothing is not in it
 * @param way how the changes are carried out
 */
public record TargetChanges(Map<Integer, ChangeCounts> byObject, Way way) {

    /** How changes are carried out. */
    public enum Way {
        /** As the mode does it. */
        AS_USUAL,
        /** The target has no row: every staged row goes in, and nothing was compared. */
        INTO_EMPTY,
        /** Every row of the target goes but those for which rejected rows may stand, and every staged row goes in. */
        KEEPING_REJECTED,
        /** Only rows of the target whose keys are staged go, and every staged row goes in. */
        REPLACING_STAGED
    }

    public TargetChanges {
        byObject = Map.copyOf(byObject);
        requireNonNull(way, "way");
    }

    /** Returns the changes of all objects together. */
    public ChangeCounts sum() {
        return byObject.values().stream().reduce(ChangeCounts.NONE, ChangeCounts::plus);
    }

    /** Returns these changes with more of an object, done the same way. */
    public TargetChanges plus(int object, ChangeCounts more) {
        Map<Integer, ChangeCounts> changes = new HashMap<>(byObject);
        changes.merge(object, more, ChangeCounts::plus);
        return new TargetChanges(changes, way);
    }
}
