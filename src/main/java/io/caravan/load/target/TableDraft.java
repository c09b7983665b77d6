package io.caravan.load.target;

import io.caravan.csv.sample.SampledObject;
import io.caravan.load.tally.FailedObject;
import io.caravan.load.target.ObjectSampler.Samples;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.ColumnPolicy.Schema;
import io.caravan.model.feed.Feed;
import io.caravan.model.table.NewTable;
import io.caravan.spi.ObjectReader;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table that a feed's waiting objects would make. Its columns are those of the oldest object that holds a row and can
 * make one; their types fit the values of all objects with the same columns.
 *
 * @param table the table; null if no object can make one
 * @param origin the object whose columns these are; null likewise
 * @param objects how many objects the types fit
 * @param notes for people, on columns that one word alone keeps from another type
 * @param refused objects that can make no table, with the reasons
 * @param withoutRows objects that hold a header only, which is no reason to make a table
 */
record TableDraft(
        @Nullable NewTable table,
        @Nullable ObjectVersion origin,
        int objects,
        List<String> notes,
        List<FailedObject> refused,
        List<ObjectVersion> withoutRows) {

    /** Reads the beginnings of objects. */
    static TableDraft of(Feed feed, List<ObjectVersion> waiting, ObjectReader objects) {
        Samples samples = new ObjectSampler(objects, feed, named(feed)).read(waiting, sample -> design(feed, sample));
        if (samples.withRows().isEmpty()) {
            return new TableDraft(null, null, 0, List.of(), samples.refused(), samples.withoutRows());
        }
        ObjectVersion oldest = samples.withRows().firstKey();
        List<SampledObject> oldestFirst = List.copyOf(samples.withRows().values());
        SampledObject all = oldestFirst.get(0);
        List<SampledObject> fitting = oldestFirst.stream()
                .skip(1)
                .filter(other -> loads(feed, all, other))
                .toList();
        fitting.forEach(all::add);
        return new TableDraft(
                design(feed, all),
                oldest,
                1 + fitting.size(),
                all.notes(feed.schema().createsText()),
                samples.refused(),
                samples.withoutRows());
    }

    /** Returns whether a table with the columns of one object would take another object. */
    private static boolean loads(Feed feed, SampledObject oldest, SampledObject other) {
        return feed.schema().evolves()
                || feed.columns().schema() == Schema.IGNORE
                || oldest.names().containsAll(other.names());
    }

    /** Makes sure, too, that the feed will find in the table what it names. */
    private static NewTable design(Feed feed, SampledObject sample) {
        NewTable table = new TableDesign(feed, sample.columns(feed.schema().createsText())).table();
        new FeedTarget(feed, table.shape()).columnPlan();
        return table;
    }

    private static Set<String> named(Feed feed) {
        Set<String> named = new HashSet<>(feed.keys());
        named.addAll(feed.schema().sortKeys());
        Optional.ofNullable(feed.schema().distKey()).ifPresent(named::add);
        Optional.ofNullable(feed.merge().sequenceBy()).ifPresent(named::add);
        return named;
    }
}
