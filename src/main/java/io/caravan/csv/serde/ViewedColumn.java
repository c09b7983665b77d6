package io.caravan.csv.serde;

import io.caravan.model.catalog.HiveType;
import org.jspecify.annotations.Nullable;

/** A column as readers of the table see it, and what its values have shown so far. */
public final class ViewedColumn {

    private static final HiveType STRING = HiveType.parse("string");

    private final String name;
    private final String type;
    private final HiveType parsed;
    private final @Nullable String comment;
    private boolean isReadAsType = true;

    /** Values that a feed takes for NULL, and a reader that gives every text as it is does not. */
    private long nullsAsText;

    private @Nullable String firstNullAsText;

    /**
     * Begins with no value.
     *
     * @param name as the catalog has it
     * @param type that it has if all values are read as such
     * @param comment for people, the type that the warehouse has; null if it has no such column
     */
    public ViewedColumn(String name, String type, @Nullable String comment) {
        this.name = name;
        this.type = type;
        this.parsed = HiveType.parse(type);
        this.comment = comment;
    }

    public String name() {
        return name;
    }

    public @Nullable String comment() {
        return comment;
    }

    void addValue(String text) {
        isReadAsType = isReadAsType && ReadableValue.is(parsed, text);
    }

    /**
     * Adds a value that the feed takes for NULL.
     *
     * @param read what a reader gives that takes it for text; null if it gives NULL, too
     * @param where it stands, for people
     */
    void addNull(String text, @Nullable String read, String where) {
        if (read == null) {
            return;
        }
        // What is no number is NULL where one is wanted.
        isReadAsType = isReadAsType && (parsed.isString() || !ReadableValue.is(parsed, text));
        nullsAsText++;
        if (firstNullAsText == null) {
            firstNullAsText = where;
        }
    }

    /** Returns the type with which it is published where readers know types. */
    public String type() {
        return isReadAsType ? type : STRING.name();
    }

    /** Returns whether the warehouse has values of another type, and readers their texts. */
    boolean isTextInsteadOfValue() {
        return type().equals(STRING.name())
                && comment != null
                && !comment.startsWith("VARCHAR")
                && !comment.startsWith("CHAR");
    }

    /** Returns whether values that are NULL in the warehouse are text to readers, if they are given as text. */
    boolean hasNullsAsText() {
        return nullsAsText > 0;
    }

    String nullsAsText() {
        return nullsAsText + (nullsAsText == 1 ? " value of '" : " values of '") + name
                + "' that the feed takes for NULL are text to readers, the first at " + firstNullAsText;
    }
}
