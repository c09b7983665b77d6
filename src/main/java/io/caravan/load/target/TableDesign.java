package io.caravan.load.target;

import static java.util.stream.Collectors.toMap;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.value.Names;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.Provenance;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.NewTable;
import io.caravan.model.table.TargetTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The target that a feed needs to take an object: the object's columns, then those that Caravan itself fills. */
final class TableDesign {

    /** The longest key that S3 takes. */
    private static final int MAX_KEY_BYTES = 1_024;

    private static final int LOAD_ID_BYTES = 64;

    private final Feed feed;
    private final Map<String, Column> columns;
    private final List<String> objectNames;

    /** Begins with the columns of an object. */
    TableDesign(Feed feed, List<Column> objectColumns) {
        this.feed = feed;
        this.objectNames = objectColumns.stream().map(Column::name).toList();
        this.columns = objectColumns.stream()
                .collect(toMap(column -> fold(column.name()), column -> column, (a, b) -> a, LinkedHashMap::new));
        if (feed.merge().mode().hasChangeColumn()) {
            columns.remove(fold(feed.merge().changeColumn()));
        }
    }

    /**
     * Returns the table.
     *
     * @throws RejectedObjectException if the object lacks a column that the feed names, or has one that Caravan fills
     */
    NewTable table() {
        for (String key : feed.keys()) {
            Column column = named(key, "keys", ErrorCode.OBJECT_MISSING_KEY);
            columns.put(fold(key), new Column(column.name(), column.type(), false, false));
        }
        @Nullable String sequence = feed.merge().sequenceBy();
        if (sequence != null) {
            named(sequence, "sequenceBy", ErrorCode.OBJECT_MISSING_COLUMN);
        }
        addOwn();
        @Nullable String distKey = feed.schema().distKey();
        List<Column> sortKeys = new ArrayList<>();
        for (String name : feed.schema().sortKeys()) {
            sortKeys.add(named(name, "sortKey", ErrorCode.OBJECT_MISSING_COLUMN));
        }
        Column distributing = distKey == null ? null : named(distKey, "distKey", ErrorCode.OBJECT_MISSING_COLUMN);
        sortKeys.forEach(column -> requireKey(column, "sortKey"));
        if (distributing != null) {
            requireKey(distributing, "distKey");
        }
        return new NewTable(new TargetTable(feed.target(), List.copyOf(columns.values())), distributing, sortKeys);
    }

    /**
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/limitations-super.html">Limitations of SUPER</a>
     */
    private void requireKey(Column column, String parameter) {
        if (column.type().kind() == Kind.SUPER) {
            throw new InvalidConfigurationException(
                    ErrorCode.FEED_INVALID,
                    "Feed " + feed.name() + ": '" + parameter + "' is " + column.name()
                            + ", and a SUPER column cannot be one");
        }
    }

    private void addOwn() {
        // A time says more than a mark: also when.
        add(feed.merge().deletedColumn(), ColumnType.of(Kind.TIMESTAMP));
        if (feed.merge().mode().keepsVersions()) {
            add("valid_from", ColumnType.of(Kind.TIMESTAMP));
            add("valid_to", ColumnType.of(Kind.TIMESTAMP));
            add("is_current", ColumnType.of(Kind.BOOLEAN));
        }
        Provenance provenance = feed.provenance();
        add(provenance.load(), ColumnType.varchar(LOAD_ID_BYTES));
        add(provenance.objectKey(), ColumnType.varchar(MAX_KEY_BYTES));
        add(provenance.line(), ColumnType.of(Kind.BIGINT));
        add(provenance.loadedAt(), ColumnType.of(Kind.TIMESTAMP));
    }

    private void add(@Nullable String name, ColumnType type) {
        if (name != null && columns.putIfAbsent(fold(name), new Column(fold(name), type, true, false)) != null) {
            throw new RejectedObjectException(
                    ErrorCode.OBJECT_HEADER,
                    "the object has a column '" + fold(name) + "', which Caravan fills by itself in " + feed.target()
                            + "; name one of the two otherwise");
        }
    }

    private Column named(String name, String parameter, ErrorCode code) {
        Column column = columns.get(fold(name));
        if (column == null) {
            throw new RejectedObjectException(
                    code,
                    "the object lacks the column '" + name + "' that the feed names in '" + parameter + "', so that "
                            + feed.target() + " cannot be created by it; its header names " + Names.list(objectNames));
        }
        return column;
    }

    private static String fold(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
