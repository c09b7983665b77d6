package io.caravan.csv;

import io.caravan.base.RejectedObjectException;
import io.caravan.model.Column;
import io.caravan.model.ColumnPolicy;
import io.caravan.model.ColumnType;
import io.caravan.model.ColumnType.Kind;
import io.caravan.model.CsvFormat;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Learns from an object what a table must be to hold it. Records that are malformed, or have another number of fields than
 * the header, say nothing: they are rejected whatever the table is. Nor does the header where it stands again. Memory use
 * depends on the number of columns only.
 *
 * <p>Its methods throw what {@link CsvReader} throws.
 */
public final class ObjectShape {

    private ObjectShape() {}

    /**
     * Returns a column for each name of the header, in its order, and then one for each constant; all may be NULL.
     *
     * @param policy what the feed says about columns
     * @throws RejectedObjectException if there is no header, or no table can have its names
     */
    public static List<Column> columns(InputStream content, CsvFormat format, ColumnPolicy policy, SampleLimit limit) {
        SampledContent records = new SampledContent(content, format, limit);
        CsvRecord header = RowReader.header(records);
        List<String> names = new ArrayList<>();
        for (String name : HeaderNames.read(header)) {
            names.add(policy.renames().getOrDefault(ColumnPolicy.fold(name), name));
        }
        HeaderNames.checkColumns(header, names, policy.constants().keySet());
        List<String> all = new ArrayList<>(names);
        all.addAll(policy.constants().keySet());
        HeaderNames.checkNew(all, header, 0);
        RepeatedHeader repeated = RepeatedHeader.of(header);
        List<InferredType> types = new ArrayList<>();
        names.forEach(name -> types.add(new InferredType()));
        while (records.hasNext()) {
            CsvRecord record = records.next();
            if (isWellFormed(record, types.size()) && !repeated.is(record)) {
                for (int field = 0; field < types.size(); field++) {
                    if (!isNull(record, field, format)) {
                        types.get(field).add(record.field(field));
                    }
                }
            }
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            columns.add(new Column(ColumnPolicy.fold(names.get(i)), types.get(i).type(), true, false));
        }
        policy.constants().forEach((name, value) -> {
            InferredType type = new InferredType();
            type.add(value);
            columns.add(new Column(name, type.type(), true, false));
        });
        return columns;
    }

    /**
     * Reads an object to its end and returns the columns that the table lacks, and the VARCHAR columns in which values do not
     * fit, with the length they should have. None if the table holds the object as it is.
     *
     * @param plan what the feed says about the columns of the table, as objects may fill it
     * @throws RejectedObjectException if the object fits no table, or lacks columns that it must have
     */
    public static List<Column> missing(InputStream content, CsvFormat format, ColumnPlan plan) {
        SampledContent records = new SampledContent(content, format, SampleLimit.NONE);
        CsvRecord header = format.header() ? RowReader.header(records) : null;
        List<Field> fields = header != null
                ? fields(header, plan)
                : plan.target().columns().stream()
                        .filter(column -> !plan.constants().containsKey(column))
                        .map(column -> new Field(column.name(), column))
                        .toList();
        RepeatedHeader repeated = header == null ? RepeatedHeader.NONE : RepeatedHeader.of(header);
        while (records.hasNext()) {
            CsvRecord record = records.next();
            if (isWellFormed(record, fields.size()) && !repeated.is(record)) {
                for (int i = 0; i < fields.size(); i++) {
                    if (fields.get(i).asks() && !isNull(record, i, format)) {
                        fields.get(i).add(record.field(i));
                    }
                }
            }
        }
        return fields.stream().map(Field::missing).flatMap(Optional::stream).toList();
    }

    private static List<Field> fields(CsvRecord header, ColumnPlan plan) {
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
        // An object that cannot load as it is is no reason to change the table.
        check.keysAreThere(known);
        check.requiredAreThere(known);
        return fields;
    }

    private static boolean isWellFormed(CsvRecord record, int fields) {
        return record.problem().isEmpty() && record.size() == fields;
    }

    private static boolean isNull(CsvRecord record, int field, CsvFormat format) {
        return !record.quoted(field) && record.field(field).equals(format.nullString());
    }

    /** One field of the records, and what its values ask of the table. */
    private static final class Field {

        private static final int MOST_BYTES = 65_535;

        private final String name;
        private final @Nullable Column column;
        private final InferredType type = new InferredType();
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
                type.add(value);
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

        Optional<Column> missing() {
            if (column == null) {
                return Optional.of(new Column(name, type.type(), true, false));
            }
            return asks() && longestBytes > column.type().length()
                    ? Optional.of(new Column(
                            column.name(),
                            ColumnType.varchar(InferredType.roomForText(longestBytes)),
                            column.nullable(),
                            column.hasDefault()))
                    : Optional.empty();
        }
    }
}
