package io.caravan.load;

import static java.util.Objects.requireNonNull;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.Reaction;
import io.caravan.base.RejectedObjectException;
import io.caravan.base.RetryableException;
import io.caravan.csv.ColumnPlan;
import io.caravan.csv.ObjectShape;
import io.caravan.csv.SampleLimit;
import io.caravan.model.Column;
import io.caravan.model.Feed;
import io.caravan.model.NewTable;
import io.caravan.model.ObjectVersion;
import io.caravan.model.TargetTable;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectReader;
import io.caravan.spi.Warehouse;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The targets of feeds, made and changed by what their objects hold where the feed says so. Objects are read for that by
 * themselves: only a load counts as reading. Safe for use by several threads.
 */
public final class TargetTables {

    private final ObjectReader objects;
    private final Warehouse warehouse;

    public TargetTables(ObjectReader objects, Warehouse warehouse) {
        this.objects = requireNonNull(objects, "objects");
        this.warehouse = requireNonNull(warehouse, "warehouse");
    }

    /**
     * Returns a feed's target, created if need be.
     *
     * @param objects oldest first; the first of them that a table can be made for says what the table is
     * @throws InvalidConfigurationException if there is none and the feed creates none, or no object can say what it is
     */
    TargetTable find(Feed feed, List<ObjectVersion> objects) {
        Optional<TargetTable> found = find(feed);
        return found.isPresent() ? found.get() : create(feed, objects);
    }

    /**
     * Returns a feed's target; empty if there is none and the feed creates it.
     *
     * @throws InvalidConfigurationException if there is none and the feed creates none
     */
    public Optional<TargetTable> find(Feed feed) {
        try {
            return Optional.of(warehouse.describe(feed.target()));
        } catch (InvalidConfigurationException e) {
            if (e.code() == ErrorCode.TARGET_NOT_FOUND && feed.schema().createsTable()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Returns the statement that would create a feed's target for an object; empty if the object is not there any more.
     *
     * @throws RejectedObjectException if no table can be made for it
     */
    public Optional<String> ddl(Feed feed, ObjectVersion object) {
        return design(feed, object).map(warehouse::ddl);
    }

    /** Returns the columns that an object has and a target lacks, and the wider ones that its values need. */
    List<Column> missing(Feed feed, FeedTarget target, ObjectVersion object) {
        ColumnPlan plan = target.columnPlan();
        return read(object, content -> ObjectShape.missing(content, feed.csv(), plan)).stream()
                .flatMap(List::stream)
                .filter(column -> !target.fillsByItself(column.name()) && !target.hasUnloaded(column.name()))
                .toList();
    }

    /** Returns the target after a change. */
    FeedTarget evolve(Feed feed, List<Column> wanted) {
        return new FeedTarget(feed, warehouse.evolve(feed.target(), wanted));
    }

    private TargetTable create(Feed feed, List<ObjectVersion> objects) {
        @Nullable CaravanException refusal = null;
        for (ObjectVersion object : objects) {
            try {
                Optional<NewTable> table = design(feed, object);
                if (table.isPresent()) {
                    return create(table.get());
                }
            } catch (RejectedObjectException e) {
                refusal = e;
            } catch (RetryableException e) {
                if (e.code().reaction() != Reaction.SET_ASIDE) {
                    throw e;
                }
                refusal = e;
            }
        }
        if (refusal instanceof RetryableException) {
            throw refusal;
        }
        throw new InvalidConfigurationException(
                ErrorCode.TARGET_NOT_FOUND,
                "There is no table " + feed.target() + ", and no object that it could be created for"
                        + (refusal == null ? "" : ": " + refusal.getMessage()),
                refusal);
    }

    /** A table that is there, whoever created it, is the one to go on with. */
    private TargetTable create(NewTable table) {
        try {
            warehouse.create(table);
        } catch (CaravanException e) {
            try {
                return warehouse.describe(table.name());
            } catch (CaravanException stillNotThere) {
                e.addSuppressed(stillNotThere);
                throw e;
            }
        }
        return warehouse.describe(table.name());
    }

    private Optional<NewTable> design(Feed feed, ObjectVersion object) {
        try {
            return read(
                            object,
                            content -> ObjectShape.columns(content, feed.csv(), feed.columns(), SampleLimit.DEFAULT))
                    .map(columns -> new TableDesign(feed, columns).table());
        } catch (RejectedObjectException e) {
            // No load has the object yet that would say which one it is.
            throw new RejectedObjectException(e.code(), object.uri() + ": " + e.getMessage(), e);
        }
    }

    private <T> Optional<T> read(ObjectVersion object, Function<InputStream, T> reader) {
        Optional<ObjectBody> opened = objects.open(object);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectBody body = opened.get()) {
            return Optional.of(reader.apply(body.content()));
        }
    }
}
