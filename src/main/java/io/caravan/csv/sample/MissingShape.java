package io.caravan.csv.sample;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.ColumnPlan;
import io.caravan.csv.HeaderCheck;
import io.caravan.csv.HeaderField;
import io.caravan.csv.HeaderNames;
import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.value.Blanks;
import io.caravan.csv.value.InferredType;
import io.caravan.csv.value.Names;
import io.caravan.csv.value.Utf8;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.SchemaPolicy;
import io.caravan.model.key.KeyValue;
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
    private final List<String> repeated = new ArrayList<>();

    /** Of values that are in the object's key. */
    private final List<Field> ofKey = new ArrayList<>();

    private boolean hasRow;

    private MissingShape(CsvFormat format, List<Field> fields) {
        this.format = format;
        this.fields = fields;
    }

    /**
     * Begins with an object whose fields are the table's.
     *
     * @param firstFields as {@link ColumnPlan#columnsWithoutHeader} has it
     */
    static MissingShape ofTable(ColumnPlan plan, CsvFormat format, int firstFields) {
        return new MissingShape(
                format,
                plan.columnsWithoutHeader(firstFields).stream()
                        .map(column -> new Field(column.name(), column, false))
                        .toList());
    }

    /**
     * Begins with an object that names its fields.
     *
     * @throws RejectedObjectException if the table cannot become one that holds it
     */
    static MissingShape ofHeader(CsvRecord header, ColumnPlan plan, CsvFormat format, SchemaPolicy schema) {
        int maxNewColumns = schema.maxNewColumns();
        List<@Nullable Column> known = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        List<HeaderField> named = HeaderNames.read(header, plan.policy());
        MissingShape shape = new MissingShape(format, fields);
        for (HeaderField field : named) {
            Column column = plan.column(field).orElse(null);
            known.add(column);
            fields.add(new Field(ColumnPolicy.fold(field.column()), column, schema.createsText()));
            if (column == null && !field.column().isEmpty()) {
                unknown.add(field.column());
                if (field.isRepeated()) {
                    shape.repeated.add("the header names " + Names.quoted(field.name()) + " twice; field "
                            + field.number() + " is the column " + Names.quoted(ColumnPolicy.fold(field.column())));
                }
            }
        }
        HeaderCheck check = new HeaderCheck(plan, header);
        check.allHaveNames(named);
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
        return shape;
    }

    /** Returns how many fields a record has. */
    int size() {
        return fields.size();
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

    /**
     * Adds a value that the object's key holds.
     *
     * @param plan what the feed says about the columns of the table
     * @param isText whether a new column is text, whatever the values are
     */
    public void add(KeyValue value, ColumnPlan plan, boolean isText) {
        String name = plan.policy().renames().getOrDefault(ColumnPolicy.fold(value.name()), value.name());
        Field field =
                new Field(ColumnPolicy.fold(name), plan.keyColumn(value.name()).orElse(null), isText);
        if (field.asks() && value.value() != null) {
            field.add(value.value());
        }
        ofKey.add(field);
    }

    private Stream<Field> all() {
        return Stream.concat(fields.stream(), ofKey.stream());
    }

    /** Adds what another object says of the columns that the table lacks. */
    public void add(SampledObject other) {
        all().filter(Field::isNew).forEach(field -> other.find(field.name).ifPresent(field.sample::add));
    }

    /** Returns whether the table lacks columns. */
    public boolean hasNewColumns() {
        return all().anyMatch(Field::isNew);
    }

    /**
     * Returns the columns that the table lacks, and the wider ones that values need; none if the table holds the object as it
     * is. An object without a row adds no columns: nobody knows their types.
     */
    public List<Column> columns() {
        return all().filter(field -> hasRow || field.column != null)
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
                ? Stream.concat(
                                repeated.stream(),
                                all().filter(field -> field.isNew() && !field.isText)
                                        .flatMap(field -> field.sample.note(field.name).stream()))
                        .toList()
                : List.of();
    }

    /** One field of the records, and what its values ask of the table. */
    private static final class Field {

        private static final int MOST_BYTES = 65_535;

        private final String name;
        private final @Nullable Column column;
        private final boolean isText;
        private final ColumnSample sample = new ColumnSample(null);
        private int longestBytes;

        /** A field that is no column and has no name is left out. */
        Field(String name, @Nullable Column column, boolean isText) {
            this.name = name;
            this.column = column;
            this.isText = isText;
        }

        boolean isNew() {
            return column == null && !name.isEmpty();
        }

        /** Returns whether values can ask anything; most columns of a table that is there cannot. */
        boolean asks() {
            return column == null ? isNew() : column.type().kind() == Kind.VARCHAR;
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
                return isNew()
                        ? Stream.of(new Column(name, isText ? sample.textType() : sample.type(), true, false))
                        : Stream.empty();
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
