package io.caravan.load.target;

import static java.util.stream.Collectors.toSet;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.ColumnPlan;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TargetTable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A target table as a feed uses it: the key columns, the columns that Caravan itself fills, and the columns that objects may
 * have.
 */
public final class FeedTarget {

    /** <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html">Redshift's limit</a>. */
    private static final int MAX_COLUMNS = 1_600;

    /** A staged row's place and its action. */
    private static final int STAGED_COLUMNS = 3;

    private static final Set<Kind> MARKS = Set.of(Kind.BOOLEAN, Kind.TIMESTAMP, Kind.TIMESTAMPTZ);

    private final Feed feed;
    private final TargetTable table;
    private final List<Column> keys;
    private final @Nullable Column sequence;
    private final @Nullable Column deleted;
    private final @Nullable BiFunction<Column, ColumnType, String> statements;
    private @Nullable ColumnPlan columnPlan;

    /** Does the same for a feed whose columns stay what they are. */
    public FeedTarget(Feed feed, TargetTable table) {
        this(feed, table, null);
    }

    /**
     * Checks that the table has the columns that the feed names.
     *
     * @param statements gives the statements by which a column becomes one of another type; null if nobody asks for them
     * @throws InvalidConfigurationException if it does not
     */
    FeedTarget(Feed feed, TargetTable table, @Nullable BiFunction<Column, ColumnType, String> statements) {
        this.statements = statements;
        this.feed = feed;
        this.table = table;
        MergePolicy merge = feed.merge();
        this.keys = feed.keys().stream()
                .map(key -> column(key, "a matching key", ErrorCode.TARGET_KEY_NOT_FOUND))
                .toList();
        keys.forEach(key -> requireComparable("the matching key", key));
        this.sequence = merge.sequenceBy() == null ? null : column(merge.sequenceBy(), "sequenceBy");
        if (sequence != null && keys.contains(sequence)) {
            throw unfit("sequenceBy '" + sequence.name()
                    + "' is a matching key, so it never differs among rows of one key");
        }
        if (sequence != null) {
            requireComparable("sequenceBy", sequence);
        }
        if (merge.remembersRows()) {
            requireHashes();
        }
        this.deleted = merge.deletedColumn() == null ? null : column(merge.deletedColumn(), "deletedColumn");
        if (deleted != null && !MARKS.contains(deleted.type().kind())) {
            throw unfit("deletedColumn '" + deleted.name() + "' is "
                    + deleted.type().sql() + "; it must be BOOLEAN or TIMESTAMP");
        }
        if (merge.mode().keepsVersions()) {
            require("valid_from", Kind.TIMESTAMP);
            require("valid_to", Kind.TIMESTAMP);
            require("is_current", Kind.BOOLEAN);
        }
        feed.provenance().columns().forEach(name -> column(name, "provenance"));
    }

    /** Returns the matching keys' columns. */
    public List<Column> keys() {
        return keys;
    }

    /**
     * Returns the table as objects may fill it: without the columns that Caravan fills by itself, and with the one that says
     * what a row changes, if the mode has it.
     */
    public TargetTable loadable() {
        Set<String> own = ownColumns();
        Stream<Column> columns = table.columns().stream()
                .filter(column -> !own.contains(fold(column.name())))
                .map(column -> column.equals(sequence) ? notNull(column) : column);
        return new TargetTable(
                table.name(), Stream.concat(columns, changeColumn().stream()).toList(), table.unloaded());
    }

    /**
     * Returns the feed's column rules, prepared for the table: once for all objects of a load.
     *
     * @throws InvalidConfigurationException naming everything that does not fit the table
     */
    public ColumnPlan columnPlan() {
        if (columnPlan == null) {
            ColumnPlan plan = ColumnPlan.of(feed, loadable());
            columnPlan = statements == null ? plan : plan.explaining(statements);
        }
        return columnPlan;
    }

    /**
     * Returns the same for an object, whose key may hold values.
     *
     * @throws RejectedObjectException if it does not hold those that it must, or the table does not take them
     */
    public ColumnPlan columnPlan(ObjectVersion object) {
        return feed.objects().keyColumns().isEmpty()
                ? columnPlan()
                : columnPlan().ofKey(ObjectKeys.values(feed, object));
    }

    /** Returns whether Caravan itself fills a column, so that objects must not have it. */
    boolean fillsByItself(String name) {
        return ownColumns().contains(fold(name));
    }

    /** Returns whether the table has a column that no object can fill. */
    boolean hasUnloaded(String name) {
        return table.unloaded(name).isPresent();
    }

    /** Returns whether a column says what its row changes. */
    boolean isChange(Column column) {
        return changeColumn().contains(column);
    }

    /**
     * Makes the plan for a load of objects with these columns.
     *
     * @param keepsRaw whether rows are staged with their records
     * @throws io.caravan.base.RejectedObjectException if they lack one that the feed needs
     */
    public MergePlan plan(String loadId, List<Column> objectColumns, Instant started, boolean keepsRaw) {
        if (sequence != null && !objectColumns.contains(notNull(sequence))) {
            throw new RejectedObjectException(
                    ErrorCode.OBJECT_MISSING_COLUMN,
                    "the object lacks the column '" + sequence.name() + "', by which the feed's rows are put in order");
        }
        long most = MAX_COLUMNS - STAGED_COLUMNS - feed.provenance().columns().count() - (keepsRaw ? 1 : 0);
        if (objectColumns.size() > most) {
            throw new RejectedObjectException(
                    ErrorCode.OBJECT_HEADER,
                    "the object has " + objectColumns.size() + " of the table's columns; at most " + most
                            + " can be loaded at once");
        }
        return new MergePlan(
                loadId,
                table.name(),
                objectColumns.stream().filter(column -> !isChange(column)).toList(),
                keys,
                feed.merge().mode().keepsVersions() ? lackedBy(objectColumns) : List.of(),
                feed.merge(),
                sequence == null ? null : notNull(sequence),
                deleted,
                objectColumns.stream().anyMatch(this::isChange),
                feed.provenance(),
                started,
                keepsRaw);
    }

    /**
     * What {@code =} and {@code >} mean for arrays and objects is documented nowhere.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/limitations-super.html">Limitations of SUPER</a>
     */
    private void requireComparable(String use, Column column) {
        if (column.type().kind() == Kind.SUPER) {
            throw unfit(use + " '" + column.name()
                    + "' is SUPER, which has no order and is no key; choose a column of another type");
        }
    }

    /** What Redshift makes of a hash of these is documented nowhere. */
    private void requireHashes() {
        table.columns().stream()
                .filter(column ->
                        column.type().kind() == Kind.SUPER || column.type().kind() == Kind.VARBYTE)
                .findFirst()
                .ifPresent(column -> {
                    throw unfit(
                            "column '" + column.name() + "' is " + column.type().kind()
                                    + ", and 'rememberRows' needs hashes of all columns; leave 'rememberRows' out");
                });
    }

    private List<Column> lackedBy(List<Column> objectColumns) {
        Set<String> names =
                objectColumns.stream().map(column -> fold(column.name())).collect(toSet());
        return loadable().columns().stream()
                .filter(column -> !names.contains(fold(column.name())))
                .toList();
    }

    private List<Column> changeColumn() {
        return feed.merge().mode().hasChangeColumn()
                ? List.of(new Column(feed.merge().changeColumn(), ColumnType.character(1), false, true))
                : List.of();
    }

    private Set<String> ownColumns() {
        Set<String> own = new TreeSet<>();
        feed.provenance().columns().map(FeedTarget::fold).forEach(own::add);
        if (deleted != null) {
            own.add(fold(deleted.name()));
        }
        if (feed.merge().mode().keepsVersions()) {
            own.addAll(List.of("valid_from", "valid_to", "is_current"));
        }
        changeColumn().forEach(column -> own.add(fold(column.name())));
        return own;
    }

    private void require(String name, Kind kind) {
        Column column = column(name, "mode history");
        if (column.type().kind() != kind) {
            throw unfit("column '" + name + "' is " + column.type().sql() + "; mode history needs " + kind);
        }
    }

    private Column column(String name, String use) {
        return column(name, use, ErrorCode.FEED_INVALID);
    }

    private Column column(String name, String use, ErrorCode code) {
        return table.column(name)
                .orElseThrow(() -> new InvalidConfigurationException(
                        code,
                        "Feed " + feed.name() + ": table " + table.name() + lack(name) + " for " + use
                                + "; its columns are "
                                + table.columns().stream().map(Column::name).toList()));
    }

    private String lack(String name) {
        return table.unloaded(name)
                .map(column -> " has the column '" + column.name() + "', " + column.what() + ", and none")
                .orElse(" has no column '" + name + "'");
    }

    private InvalidConfigurationException unfit(String what) {
        return new InvalidConfigurationException(
                ErrorCode.FEED_INVALID, "Feed " + feed.name() + ": table " + table.name() + ": " + what);
    }

    /** A row without a value to compare could neither win nor lose. */
    private static Column notNull(Column column) {
        return new Column(column.name(), column.type(), false, column.hasDefault());
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
