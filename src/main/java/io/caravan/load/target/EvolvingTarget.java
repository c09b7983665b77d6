package io.caravan.load.target;

import io.caravan.csv.ColumnPlan;
import io.caravan.csv.sample.MissingShape;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.table.Column;
import java.util.List;
import java.util.Optional;

/**
 * The target of one load, which may give it the columns that an object needs. The target changes only before anything is
 * staged; a later object that needs a change counts as one with other columns than those before it. Used by one thread.
 */
public final class EvolvingTarget {

    private final Feed feed;
    private final TargetTables tables;
    private FeedTarget target;
    private boolean hasOnlyNames;

    public EvolvingTarget(Feed feed, TargetTables tables, FeedTarget target) {
        this.feed = feed;
        this.tables = tables;
        this.target = target;
    }

    /** Returns the target as the load found it, or as it is since the load changed it. */
    public FeedTarget now() {
        return target;
    }

    /**
     * Returns the rules for the rows of the open object. An object without rows adds no columns, and is loaded without them.
     */
    public ColumnPlan columnPlan(ObjectVersion object) {
        ColumnPlan plan = target.columnPlan(object);
        return hasOnlyNames ? plan.ignoringUnknownColumns() : plan;
    }

    /**
     * Makes the target fit an object.
     *
     * @param others other objects that also determine the columns
     * @param isFixed whether the target can no longer change
     * @return false if it would have to change, and cannot
     */
    public boolean fits(ObjectVersion object, List<ObjectVersion> others, boolean isFixed) {
        Optional<MissingShape> shape = tables.missing(feed, target, object, others);
        hasOnlyNames = shape.filter(MissingShape::hasOnlyNames).isPresent();
        List<Column> missing = shape.map(MissingShape::columns).orElse(List.of()).stream()
                .filter(column -> !target.fillsByItself(column.name()) && !target.hasUnloaded(column.name()))
                .toList();
        if (missing.isEmpty()) {
            return true;
        }
        if (isFixed) {
            return false;
        }
        target = tables.evolve(feed, target, missing);
        return true;
    }
}
