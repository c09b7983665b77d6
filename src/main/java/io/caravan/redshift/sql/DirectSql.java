package io.caravan.redshift.sql;

import static io.caravan.redshift.sql.SqlText.literal;
import static io.caravan.redshift.sql.SqlText.quote;
import static io.caravan.redshift.sql.StagingSql.LINE;
import static io.caravan.redshift.sql.StagingSql.OBJECT;
import static io.caravan.redshift.sql.StagingSql.ROWS;
import static java.util.stream.Collectors.joining;

import io.caravan.model.feed.MergePlan;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.spi.DirectObject;
import io.caravan.spi.DirectObject.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The statements by which Redshift itself reads an object: COPY into a table of texts, a check of each value, and then a
 * CAST of each. The check is at least as strict as Caravan's own rules, and is a statement before the CAST, because Redshift
 * may CAST rows before it applies a WHERE.
 *
 * <p>COPY runs without the option CSV, so it takes quotes for data. If no field holds a quote, the object has none, and a
 * line split at its delimiters gives the same fields as any CSV reader, provided that COPY has left nothing out, such as the
 * text after a NUL. So the bytes of the fields must add up to those of the object.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-format.html">Data format parameters</a>
 */
public final class DirectSql {

    static final String SOURCE = "caravan_source";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private DirectSql() {}

    public static String drop() {
        return "DROP TABLE IF EXISTS " + SOURCE;
    }

    /** The rows' numbers are distinct, but do not follow the order of the object, which COPY does not keep. */
    public static String create(DirectObject object) {
        return "CREATE TEMP TABLE " + SOURCE + " (" + LINE + " BIGINT IDENTITY(1, 1), "
                + fields(object, field -> name(field) + " VARCHAR(65535)") + ")";
    }

    public static String copy(DirectObject object, CopyAccess access, String nullMarker) {
        return "COPY " + SOURCE + " (" + fields(object, DirectSql::name) + ")\n"
                + "FROM " + literal(object.uri()) + "\n"
                + access.sql() + "\n"
                + "DELIMITER " + delimiter(object)
                + (object.firstName().isPresent() ? " IGNOREHEADER 1" : "")
                + " IGNOREBLANKLINES NULL AS " + literal(nullMarker)
                + " COMPUPDATE OFF STATUPDATE OFF";
    }

    private static String delimiter(DirectObject object) {
        return object.delimiter() == '\t' ? "'\\t'" : literal("" + object.delimiter());
    }

    /** Counts the rows, the bytes of all fields, and for each field the rows in which its value is doubtful. */
    public static String countDoubts(DirectObject object) {
        String bytes = IntStream.range(0, object.fields().size())
                .mapToObj(field -> "OCTET_LENGTH(" + name(field) + ")")
                .collect(joining(" + "));
        // A record of empty fields is no row.
        return IntStream.range(0, object.fields().size())
                .mapToObj(field -> "SUM(CASE WHEN "
                        + (field == 0
                                ? bytes + " > 0 AND " + isNoStart(object) + " AND (" + isSure(object, field) + ")"
                                : isSure(object, field))
                        + " THEN 0 ELSE 1 END)")
                .collect(joining(",\n", "SELECT COUNT(*), SUM(" + bytes + "),\n", "\nFROM " + SOURCE));
    }

    public static String insert(DirectObject object, List<Column> staged) {
        return "INSERT INTO " + ROWS + " (" + OBJECT + ", " + LINE + ", " + SqlText.names(staged) + ")\n"
                + "SELECT " + object.number() + ", " + LINE
                + staged.stream()
                        .map(column -> ",\n" + value(object, fieldOf(object, column), column.type()))
                        .collect(joining())
                + "\nFROM " + SOURCE;
    }

    public static String countRepeatedKeys(DirectObject object, MergePlan plan) {
        return "SELECT COUNT(*) FROM (SELECT " + SqlText.names(plan.keys()) + " FROM " + ROWS + " WHERE " + OBJECT
                + " = " + object.number() + " GROUP BY " + SqlText.names(plan.keys())
                + " HAVING COUNT(*) > 1) AS repeated";
    }

    private static int fieldOf(DirectObject object, Column column) {
        return IntStream.range(0, object.fields().size())
                .filter(field -> object.fields().get(field).column().equals(Optional.of(column)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no field is loaded into " + column.name()));
    }

    /** Joined objects leave their marks and headers at the beginnings of records. */
    private static String isNoStart(DirectObject object) {
        String first = name(0);
        return "STRPOS(" + first + ", " + literal(BYTE_ORDER_MARK) + ") <> 1"
                + object.firstName()
                        .map(text -> " AND LOWER(" + first + ") <> LOWER(" + literal(text) + ")")
                        .orElse("");
    }

    private static String isSure(DirectObject object, int index) {
        Field field = object.fields().get(index);
        String name = name(index);
        String whole = holdsNone(name, "CHR(10)") + " AND " + holdsNone(name, "CHR(13)")
                + (object.quote() == null ? "" : " AND " + holdsNone(name, literal("" + object.quote())));
        if (field.column().isEmpty()) {
            return whole;
        }
        ColumnType type = field.column().get().type();
        String isNullString = equals(name, object.nullString());
        String valid = "NOT " + isNullString + " AND " + whole + " AND " + SureValue.of(name, type);
        if (!field.nullable()) {
            return valid;
        }
        String isEmpty = type.kind().isText() || object.nullString().isEmpty() ? "" : equals(name, "") + " OR ";
        return isNullString + " OR " + isEmpty + "(" + valid + ")";
    }

    private static String value(DirectObject object, int index, ColumnType type) {
        String name = name(index);
        if (type.kind().isText()) {
            return "CAST(CASE WHEN NOT " + equals(name, object.nullString()) + " THEN " + name + " END AS " + type.sql()
                    + ")";
        }
        String filled = "NULLIF(" + name + ", '')";
        if (!object.nullString().isEmpty()) {
            filled = "NULLIF(" + filled + ", " + literal(object.nullString()) + ")";
        }
        return SureValue.cast(filled, type);
    }

    /** Redshift does not regard blanks at the end when it compares, PostgreSQL does. */
    private static String equals(String name, String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        String length = "OCTET_LENGTH(" + name + ") = " + bytes;
        return bytes == 0 ? length : "(" + name + " = " + literal(text) + " AND " + length + ")";
    }

    private static String holdsNone(String name, String character) {
        return "STRPOS(" + name + ", " + character + ") = 0";
    }

    private static String name(int field) {
        return quote("f" + (field + 1));
    }

    private static String fields(DirectObject object, IntFunction<String> text) {
        return IntStream.range(0, object.fields().size()).mapToObj(text).collect(joining(", "));
    }
}
