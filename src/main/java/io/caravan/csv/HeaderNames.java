package io.caravan.csv;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.value.Names;
import io.caravan.model.catalog.CatalogColumn;
import io.caravan.model.feed.CatalogShape;
import io.caravan.model.feed.ColumnPolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names in a header, as they must be whatever the target is, and as they must be to become columns. */
public final class HeaderNames {

    /** @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_names.html">Names and identifiers</a> */
    private static final int MAX_BYTES = 127;

    private static final int MAX_COLUMNS = 1_600;

    /** Several times what names of as many columns as a table can have take, whatever is written around them. */
    private static final int MAX_CHARS = 1024 * 1024;

    /** Redshift's own, and those of the staging tables. */
    private static final Set<String> TAKEN = Set.of(
            "oid",
            "tableoid",
            "xmin",
            "cmin",
            "xmax",
            "cmax",
            "ctid",
            "caravan_object",
            "caravan_line",
            "caravan_change");

    private HeaderNames() {}

    /**
     * Returns what a header names.
     *
     * @throws RejectedObjectException if the header is malformed or too long, or has no name at all
     */
    public static List<HeaderField> read(CsvRecord header, ColumnPolicy policy) {
        String where = where(header);
        header.problem().ifPresent(problem -> {
            ErrorCode code =
                    problem.code() == ErrorCode.CSV_CHARSET ? ErrorCode.OBJECT_CHARSET : ErrorCode.OBJECT_HEADER;
            throw new RejectedObjectException(
                    code,
                    where + " cannot be read: " + problem.reason()
                            + "; check that the feed's charset, delimiter and quote are those of the object");
        });
        if (isTooLong(header)) {
            throw refuse(where + " has more than " + MAX_CHARS
                    + " characters; check that the feed's delimiter and quote are those of the object");
        }
        List<HeaderField> fields = HeaderField.of(header, policy);
        if (fields.isEmpty()) {
            throw refuse(
                    where + " has no name for any of its " + header.size() + " fields; give every column its name");
        }
        if (policy.shape().isInOrder() && header.lineNumber() > 0) {
            requireOrder(where, fields, policy.shape().columns());
        }
        return fields;
    }

    /** Readers of a catalog's table do not look at the names; more fields than it has columns they leave out. */
    private static void requireOrder(String where, List<HeaderField> fields, List<CatalogColumn> declared) {
        for (int i = 0; i < Math.min(fields.size(), declared.size()); i++) {
            HeaderField field = fields.get(i);
            if (!CatalogShape.isSame(declared.get(i), field.name(), field.column())) {
                throw refuse(where + " has " + Names.quoted(field.name()) + " as field " + field.number()
                        + ", where the feed's catalogTable has "
                        + Names.quoted(declared.get(i).name())
                        + ", and its readers go by the order; correct the object or the catalog's table, or set catalogHeader:"
                        + " any, by which fields are told by their names");
            }
        }
    }

    /** Returns whether a well-formed header is longer than one can be. */
    static boolean isTooLong(CsvRecord header) {
        long chars = 0;
        for (int i = 0; i < header.size(); i++) {
            chars += header.chars(i);
        }
        return chars > MAX_CHARS;
    }

    /**
     * Checks what the names stand for.
     *
     * @param columns the column of each name; null for a name that has none
     * @param constants names of columns that objects must not have, folded
     * @throws RejectedObjectException if two names are one column, or one is a column with a constant
     */
    public static void checkColumns(CsvRecord header, List<@Nullable String> columns, Set<String> constants) {
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            Integer other = column == null ? null : seen.put(ColumnPolicy.fold(column), i);
            if (column != null && other != null) {
                throw refuse(where(header) + " names the column " + Names.quoted(column) + " twice, as "
                        + Names.quoted(header.field(other).strip()) + " and as "
                        + Names.quoted(header.field(i).strip()) + "; leave one of the two out");
            }
        }
        checkAbsent(header, columns, constants, "for which the feed has constants", "constants");
    }

    /**
     * Checks likewise.
     *
     * @param ofKey names of columns whose values are those of the object's key, folded
     * @throws RejectedObjectException if one of the names is such a column
     */
    static void checkKeyColumns(CsvRecord header, List<@Nullable String> columns, Set<String> ofKey) {
        checkAbsent(header, columns, ofKey, "whose values are in the object's key", "keyColumns");
    }

    private static void checkAbsent(
            CsvRecord header, List<@Nullable String> columns, Set<String> absent, String which, String parameter) {
        List<String> both = new ArrayList<>();
        for (String column : columns) {
            if (column != null && absent.contains(ColumnPolicy.fold(column))) {
                both.add(column);
            }
        }
        if (!both.isEmpty()) {
            throw refuse(where(header) + " names columns " + which + ": " + Names.list(both)
                    + "; leave them out of the object, or out of the feed's '" + parameter + "'");
        }
    }

    /**
     * Checks names that are to become columns.
     *
     * @param before how many columns the table has already
     * @throws RejectedObjectException if no table can have them
     */
    public static void checkNew(List<String> names, CsvRecord header, int before) {
        for (String name : names) {
            int bytes = bytes(ColumnPolicy.fold(name));
            if (bytes > MAX_BYTES) {
                throw refuse(where(header) + " has a name of " + bytes + " bytes, " + Names.quoted(name)
                        + "; a column's name has at most " + MAX_BYTES);
            }
            if (!Names.isVisible(name)) {
                throw refuse(where(header) + " has a name with characters that cannot be seen, " + Names.quoted(name)
                        + "; a new column cannot have it");
            }
            if (TAKEN.contains(ColumnPolicy.fold(name))) {
                throw refuse(where(header) + " has the name " + Names.quoted(name)
                        + ", which is taken; a new column cannot have it");
            }
        }
        if (before + names.size() > MAX_COLUMNS) {
            throw refuse(where(header) + " has " + names.size() + " new columns where the table has " + before
                    + "; a table has at most " + MAX_COLUMNS);
        }
    }

    /** Returns whether {@link #checkNew} takes a name, folded, as that of a column. */
    public static boolean canBeColumn(String name) {
        return !name.isEmpty() && bytes(name) <= MAX_BYTES && Names.isVisible(name) && !TAKEN.contains(name);
    }

    private static int bytes(String folded) {
        return folded.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Checks that fields have names, because all are to be loaded.
     *
     * @param where where they stand, for people
     * @throws RejectedObjectException if one has none
     */
    public static void requireNames(String where, List<HeaderField> fields, ColumnPolicy policy) {
        List<HeaderField> nameless =
                fields.stream().filter(HeaderField::isNameless).toList();
        if (!nameless.isEmpty()) {
            throw refuse(where + " has no name for field " + nameless.get(0).number()
                    + "; name it by its number, with an empty name if it is not to be loaded, "
                    + new ColumnsLine(policy).numbered(nameless)
                    + ", or set schema: ignore, which leaves out what has no column");
        }
    }

    /** Returns where the names stand, for people. */
    public static String where(CsvRecord header) {
        return header.lineNumber() == 0 ? "the feed's 'header'" : "the header at line " + header.lineNumber();
    }

    static RejectedObjectException refuse(String reason) {
        return new RejectedObjectException(ErrorCode.OBJECT_HEADER, reason);
    }
}
