package io.caravan.load.target;

import static java.util.Objects.requireNonNull;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RejectedObjectException;
import io.caravan.base.RetryableException;
import io.caravan.csv.ColumnPlan;
import io.caravan.csv.sample.MissingShape;
import io.caravan.csv.sample.ObjectShape;
import io.caravan.load.tally.FailedObject;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.key.KeyValue;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.NewTable;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectReader;
import io.caravan.spi.Warehouse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The targets of feeds, created and changed to fit their objects if the feed wants that. The objects are read separately for
 * this, and these reads are not counted as a load's. Safe for use by several threads.
 */
public final class TargetTables {

    private static final Logger log = LoggerFactory.getLogger(TargetTables.class);

    /** Objects that hold no row, by the feed that waits for one; no longer than a listing. */
    private record Waiting(Feed feed, List<ObjectVersion> objects) {}

    private final Function<Feed, ? extends ObjectReader> objects;
    private final Warehouse warehouse;
    private final LoadListener listener;
    private final Map<String, Waiting> withoutRows = new ConcurrentHashMap<>();

    /** For a caller that changes nothing. */
    public TargetTables(ObjectReader objects, Warehouse warehouse) {
        this(feed -> objects, warehouse, LoadListener.NONE);
    }

    /**
     * Has made nothing yet.
     *
     * @param objects reads a feed's objects
     * @param listener is told of what is made and changed
     */
    public TargetTables(Function<Feed, ? extends ObjectReader> objects, Warehouse warehouse, LoadListener listener) {
        this.objects = requireNonNull(objects, "objects");
        this.warehouse = requireNonNull(warehouse, "warehouse");
        this.listener = requireNonNull(listener, "listener");
    }

    /**
     * Returns a feed's target, created if need be.
     *
     * @param group the objects that are to be loaded
     * @param waiting all waiting objects, including these; together they determine the table
     * @throws InvalidConfigurationException if there is none and the feed creates none, or no object can say what it is
     * @throws RetryableException {@link ErrorCode#TARGET_AWAITS_ROWS} if there is none yet, and no object holds a row
     */
    public TargetTable find(Feed feed, List<ObjectVersion> group, List<ObjectVersion> waiting) {
        Optional<TargetTable> found = find(feed);
        return found.isPresent() ? found.get() : create(feed, group, waiting);
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
     * Returns the table that objects would make; empty if none of them holds a row.
     *
     * @throws CaravanException if no table can be made for any of them
     */
    public Optional<NewTable> draft(Feed feed, List<ObjectVersion> waiting) {
        TableDraft draft = TableDraft.of(feed, waiting, objects.apply(feed));
        if (draft.table() == null && !draft.refused().isEmpty()) {
            throw named(draft.refused().get(0));
        }
        return Optional.ofNullable(draft.table());
    }

    /**
     * Says for people how a feed's target would be created for objects that wait.
     *
     * @throws CaravanException if no table can be made for any of them
     */
    public String preview(Feed feed, List<ObjectVersion> waiting) {
        TableDraft draft = TableDraft.of(feed, waiting, objects.apply(feed));
        NewTable table = draft.table();
        ObjectVersion origin = draft.origin();
        if (table == null || origin == null) {
            if (draft.refused().isEmpty()) {
                return "objects that wait: " + waiting.size() + ", and none of them holds a row to create it for";
            }
            throw named(draft.refused().get(0));
        }
        String others = draft.objects() == 1 ? "" : " and " + (draft.objects() - 1) + " more";
        String notes = draft.notes().isEmpty() ? "" : "; " + String.join("; ", draft.notes());
        String refused = draft.refused().isEmpty()
                ? ""
                : "; not for " + draft.refused().size() + " others: "
                        + named(draft.refused().get(0)).getMessage();
        return origin.uri() + others + " would make it: " + warehouse.ddl(table) + notes + refused;
    }

    /**
     * Returns what a target lacks to hold an object; empty if the object is not there any more.
     *
     * @param others objects that wait too: their values count for the types of columns that the target lacks
     */
    Optional<MissingShape> missing(Feed feed, FeedTarget target, ObjectVersion object, List<ObjectVersion> others) {
        List<KeyValue> values = ObjectKeys.values(feed, object);
        ColumnPlan plan = target.columnPlan();
        // One that cannot load is no reason to change the table; text that is too long is.
        plan.ofKey(values.stream()
                .filter(value -> plan.keyColumn(value.name())
                        .filter(column -> column.type().kind() != Kind.VARCHAR)
                        .isPresent())
                .toList());
        Optional<ObjectBody> opened = objects.apply(feed).open(object);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        MissingShape missing;
        try (ObjectBody body = opened.get()) {
            missing = ObjectShape.missing(body.content(), feed.csv(), plan, feed.schema());
        }
        values.forEach(value -> missing.add(value, plan, feed.schema().createsText()));
        if (missing.hasNewColumns() && !missing.hasOnlyNames() && !others.isEmpty()) {
            Set<String> known =
                    target.loadable().columns().stream().map(Column::name).collect(Collectors.toSet());
            new ObjectSampler(objects.apply(feed), feed, known)
                    .read(others, sample -> {})
                    .withRows()
                    .values()
                    .forEach(missing::add);
        }
        missing.notes().forEach(note -> log.warn("Feed {}: {}: {}", feed.name(), object.uri(), note));
        return Optional.of(missing);
    }

    /** Returns a table as a feed uses it; what it refuses says what would help, where the feed wants its table to evolve. */
    public FeedTarget target(Feed feed, TargetTable table) {
        listener.targetSeen(feed, table);
        return feed.schema().evolves()
                ? new FeedTarget(feed, table, (column, type) -> warehouse.ddl(feed.target(), column, type))
                : new FeedTarget(feed, table);
    }

    /**
     * Changes a target.
     *
     * @param before the target as it is known
     * @return the target after the change
     */
    FeedTarget evolve(Feed feed, FeedTarget before, List<Column> wanted) {
        FeedTarget after = target(feed, warehouse.evolve(feed.target(), wanted));
        List<String> changes = ColumnChanges.between(
                before.loadable().columns(), after.loadable().columns());
        if (!changes.isEmpty()) {
            listener.schemaChanged(feed.name(), changes);
        }
        return after;
    }

    private TargetTable create(Feed feed, List<ObjectVersion> group, List<ObjectVersion> waiting) {
        Waiting known = new Waiting(feed, waiting);
        if (known.equals(withoutRows.get(feed.name()))) {
            throw awaitsRows(feed, waiting);
        }
        TableDraft draft = TableDraft.of(feed, waiting, objects.apply(feed));
        NewTable table = draft.table();
        if (table != null) {
            withoutRows.remove(feed.name());
            draft.notes().forEach(note -> log.warn("Feed {}: table {}: {}", feed.name(), feed.target(), note));
            TargetTable created = create(table);
            listener.schemaChanged(feed.name(), ColumnChanges.created(table));
            return created;
        }
        for (FailedObject refused : draft.refused()) {
            if (!(refused.reason() instanceof RetryableException)) {
                throw noTable(feed, refused);
            }
        }
        for (FailedObject unreadable : draft.refused()) {
            if (group.contains(unreadable.object())) {
                throw unreadable.reason();
            }
        }
        if (draft.withoutRows().isEmpty() && draft.refused().isEmpty()) {
            throw new InvalidConfigurationException(
                    ErrorCode.TARGET_NOT_FOUND,
                    "There is no table " + feed.target() + ", and no object that it could be created for");
        }
        withoutRows.put(feed.name(), known);
        log.info(
                "Feed {}: {} objects wait: there is no table {} yet, and none of them holds a row to create it for",
                feed.name(),
                waiting.size(),
                feed.target());
        throw awaitsRows(feed, waiting);
    }

    private static RetryableException awaitsRows(Feed feed, List<ObjectVersion> waiting) {
        return new RetryableException(
                ErrorCode.TARGET_AWAITS_ROWS,
                "There is no table " + feed.target() + " yet, and none of " + waiting.size()
                        + " objects holds a row to create it for");
    }

    private static CaravanException noTable(Feed feed, FailedObject refused) {
        CaravanException reason = named(refused);
        return reason instanceof InvalidConfigurationException
                ? reason
                : new InvalidConfigurationException(
                        ErrorCode.TARGET_NOT_FOUND,
                        "There is no table " + feed.target() + ", and no object that it could be created for: "
                                + reason.getMessage(),
                        reason);
    }

    /** No load has the object yet that would say which one it is. */
    private static CaravanException named(FailedObject refused) {
        CaravanException reason = refused.reason();
        String message = refused.object().uri() + ": " + reason.getMessage();
        if (reason instanceof RejectedObjectException) {
            return new RejectedObjectException(reason.code(), message, reason);
        }
        return reason instanceof InvalidConfigurationException
                ? new InvalidConfigurationException(reason.code(), message, reason)
                : reason;
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
}
