package io.caravan.csv.sample;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.ColumnPlan;
import io.caravan.csv.HeaderCheck;
import io.caravan.csv.HeaderNames;
import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.value.Blanks;
import io.caravan.csv.value.InferredType;
import io.caravan.csv.value.Names;
import io.caravan.csv.value.Utf8;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a table lacks to hold an object: columns, and room for longer text. */
public final class MissingShape {

    private final CsvFormat format;
    private final List<Field> fields;
    private boolean hasRow;

    private MissingShape(CsvFormat format, List<Field> fields) {
        this.format = format;
        this.fields = fields;
    }

    /** Begins with an object whose fields are the table's. */
    static MissingShape ofTable(ColumnPlan plan, CsvFormat format) {
        return new MissingShape(
                format,
                plan.target().columns().stream()
                        .filter(column -> !plan.constants().containsKey(column))
                        .map(column -> new Field(column.name(), column))
                        .toList());
    }

    /**
     * Begins with an object that names its fields.
     *
     * @throws RejectedObjectException if the table cannot become one that holds it
     */
    static MissingShape ofHeader(CsvRecord header, ColumnPlan plan, CsvFormat format, int maxNewColumns) {
        List<@Nullable Column> known = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String name : HeaderNames.read(header)) {
            Column column = plan.column(name).orElse(null);
            known.add(column);
            fields.add(new Field(ColumnPolicy.fold(name), column));
            if (column == null) {
                unknown.add(name);
            }
        }
        HeaderCheck check = new HeaderCheck(plan, header.lineNumber());
        check.columnsAreUnique(header, known);
        HeaderNames.checkNew(unknown, header, plan.target().columns().size());
        if (unknown.size() > maxNewColumns) {
            throw new RejectedObjectException(
                    ErrorCode.OBJECT_HEADER,
                    "the header at line " + header.lineNumber() + " has " + unknown.size() + " columns that "
                            + plan.target().name() + " lacks: " + Names.list(unknown)
                            + "; the feed's maxNewColumns lets an object add at most " + maxNewColumns);
        }
        // An object that cannot load as it is is no reason to change the table.
        check.keysAreThere(known);
        check.requiredAreThere(known);
        return new MissingShape(format, fields);
    }

    /** Returns whether the object has a column of the table. */
    boolean isOfTable() {
        return fields.stream().anyMatch(field -> field.column != null);
    }

    void add(CsvRecord record) {
        if (!ObjectShape.isWellFormed(record, fields.size())) {
            return;
        }
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if ((!hasRow || field.asks()) && !record.isTooLong(i) && !ObjectShape.isNull(record, i, format)) {
                String value = record.field(i);
                hasRow = hasRow || !Blanks.isBlank(value);
                if (field.asks()) {
                    field.add(value);
                }
            }
        }
    }

    /** Adds what another object says of the columns that the table lacks. */
    public void add(SampledObject other) {
        fields.stream().filter(field -> field.column == null).forEach(field -> other.find(field.name)
                .ifPresent(field.sample::add));
    }

    /** Returns whether the table lacks columns. */
    public boolean hasNewColumns() {
        return fields.stream().anyMatch(field -> field.column == null);
    }

    /**
     * Returns the columns that the table lacks, and the wider ones that values need; none if the table holds the object as it
     * is. An object without a row adds no columns: nobody knows their types.
     */
    public List<Column> columns() {
        return fields.stream()
                .filter(field -> hasRow || field.column != null)
                .flatMap(Field::missing)
                .toList();
    }

    /** Returns whether the object has columns that the table lacks, and no row that would be a reason to add them. */
    public boolean hasOnlyNames() {
        return !hasRow && hasNewColumns();
    }

    /** Returns for people which of the new columns one word alone keeps from another type. */
    public List<String> notes() {
        return hasRow
                ? fields.stream()
                        .filter(field -> field.column == null)
                        .flatMap(field -> field.sample.note(field.name).stream())
                        .toList()
                : List.of();
    }

    /** One field of the records, and what its values ask of the table. */
    private static final class Field {

        private static final int MOST_BYTES = 65_535;

        private final String name;
        private final @Nullable Column column;
        private final ColumnSample sample = new ColumnSample(null);
        private int longestBytes;

        Field(String name, @Nullable Column column) {
            this.name = name;
            this.column = column;
        }

        /** Returns whether values can ask anything; most columns of a table that is there cannot. */
        boolean asks() {
            return column == null || column.type().kind() == Kind.VARCHAR;
        }

        void add(String value) {
            if (column == null) {
                sample.add(value);
            } else if (value.length() > column.type().length() / Utf8.MAX_BYTES_PER_CHAR) {
                addLength(value, column.type().length());
            }
        }

        /** Blanks at the end are cut as ever, and what no column holds is no reason to change one. */
        private void addLength(String value, int room) {
            int bytes = Utf8.bytes(value);
            int end = value.length();
            while (bytes > room && end > 0 && value.charAt(end - 1) == ' ') {
                end--;
                bytes--;
            }
            if (bytes <= MOST_BYTES) {
                longestBytes = Math.max(longestBytes, bytes);
            }
        }

        Stream<Column> missing() {
            if (column == null) {
                return Stream.of(new Column(name, sample.type(), true, false));
            }
            return asks() && longestBytes > column.type().length()
                    ? Stream.of(new Column(
                            column.name(),
                            ColumnType.varchar(InferredType.roomForText(longestBytes)),
                            column.nullable(),
                            column.hasDefault()))
                    : Stream.empty();
        }
    }
}
