package io.caravan.model.feed;

import static java.util.Objects.requireNonNull;

import io.caravan.model.mask.Masks;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a feed says about columns. Names are in the user's spelling in the values and folded in the maps' keys; whether the
 * target has such columns is not known here.
 *
 * @param schema what becomes of an object with a column that the target lacks
 * @param missingColumns what becomes of an object that lacks a column of the target
 * @param renames from the name in the header, or the number of the field, from 1, to the column's name; to an empty one if the
 *     field is not loaded
 * @param constants from a column that the objects lack to its value, in the standard form of the column's type
 * @param formats from a column to how the objects write its values, if not in the standard form
 * @param onInvalid from a column to what becomes of a value that it refuses; rejected where it is not named
 * @param rules what each row must keep, in the order in which they are checked
 * @param usesSnakeNames whether a name of the header is a column in lower case, with underscores between its words
 * @param shape what a table of a Data Catalog says of the columns
 * @param masks which columns' values nobody is to see
 */
public record ColumnPolicy(
        Schema schema,
        MissingColumns missingColumns,
        Map<String, String> renames,
        Map<String, String> constants,
        Map<String, String> formats,
        Map<String, OnInvalid> onInvalid,
        List<RowRule> rules,
        boolean usesSnakeNames,
        CatalogShape shape,
        Masks masks) {

    /** What becomes of an object with a column that the target lacks. */
    public enum Schema {
        /** The object is rejected. */
        FREEZE,
        /** The column is not loaded. */
        IGNORE
    }

    /** What becomes of an object that lacks a column of the target. */
    public enum MissingColumns {
        /** The column's default, or NULL, stands for it in new rows; rows that exist keep what they have. */
        NULL,
        /** The object is rejected. */
        REJECT
    }

    /** What becomes of a value that its column refuses. */
    public enum OnInvalid {
        /** Its row is rejected. */
        REJECT,
        /** Text that is too long is cut to what the column holds; digits that a number or a time has no room for are left out. */
        TRUNCATE,
        /** NULL takes its place. */
        NULL,
        /** The nearest number or time that the column holds takes its place; of two the one further from zero, or later. */
        ROUND;

        /** Returns the name as feeds and the ledger have it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the action that feeds and the ledger call so. */
        public static OnInvalid parse(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** Columns by their names, values in the standard forms, no rules. */
    public static final ColumnPolicy DEFAULT =
            new ColumnPolicy(Schema.FREEZE, MissingColumns.NULL, Map.of(), Map.of(), Map.of(), Map.of(), List.of());

    public ColumnPolicy {
        requireNonNull(schema, "schema");
        requireNonNull(missingColumns, "missingColumns");
        renames = folded(renames);
        constants = folded(constants);
        formats = folded(formats);
        onInvalid = folded(onInvalid);
        rules = List.copyOf(rules);
        requireNonNull(shape, "shape");
        requireNonNull(masks, "masks");
    }

    /** Makes a policy in which names of the header are columns as they are. */
    public ColumnPolicy(
            Schema schema,
            MissingColumns missingColumns,
            Map<String, String> renames,
            Map<String, String> constants,
            Map<String, String> formats,
            Map<String, OnInvalid> onInvalid,
            List<RowRule> rules) {
        this(
                schema,
                missingColumns,
                renames,
                constants,
                formats,
                onInvalid,
                rules,
                false,
                CatalogShape.NONE,
                Masks.NONE);
    }

    /** Returns a column's name as the keys of the maps have it. */
    public static String fold(String name) {
        return ColumnNames.fold(name);
    }

    private static <V> Map<String, V> folded(Map<String, V> byName) {
        Map<String, V> folded = new LinkedHashMap<>();
        byName.forEach((name, value) -> {
            if (folded.putIfAbsent(fold(name), requireNonNull(value, name)) != null) {
                throw new IllegalArgumentException("'" + name + "' stands there twice");
            }
        });
        return Collections.unmodifiableMap(folded);
    }

    /** Returns the same with more rules, which are checked first. */
    public ColumnPolicy withRules(List<RowRule> more) {
        return new ColumnPolicy(
                schema,
                missingColumns,
                renames,
                constants,
                formats,
                onInvalid,
                Stream.concat(more.stream(), rules.stream()).toList(),
                usesSnakeNames,
                shape,
                masks);
    }

    /** Returns the same for objects whose columns that the target lacks are not loaded. */
    public ColumnPolicy ignoringUnknownColumns() {
        return with(Schema.IGNORE, masks);
    }

    /** Returns the same for rows that may be masked already. */
    public ColumnPolicy forReplay() {
        return with(schema, masks.forReplay());
    }

    private ColumnPolicy with(Schema unknown, Masks other) {
        return new ColumnPolicy(
                unknown, missingColumns, renames, constants, formats, onInvalid, rules, usesSnakeNames, shape, other);
    }
}
