package io.caravan.model.catalog;

import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A type as the Data Catalog writes it.
 *
 * @param name without what is in parentheses or angle brackets, in lower case
 * @param length of a text in characters, or of a decimal in digits; 0 if it says none
 * @param scale of a decimal; 0 if it says none
 * @see <a href="https://cwiki.apache.org/confluence/display/Hive/LanguageManual+Types">Hive data types</a>
 */
public record HiveType(String name, int length, int scale) {

    private static final Pattern FORM =
            Pattern.compile("([a-z_]+)(?:\\((\\d{1,9})(?:,(\\d{1,9}))?\\)|<.*>)?", Pattern.DOTALL);

    /** The most bytes of a VARCHAR, and how many one character takes at most. */
    private static final int MOST_BYTES = 65_535;

    private static final int BYTES_PER_CHARACTER = 4;
    private static final int MOST_DIGITS = 38;
    private static final int USUAL_DIGITS = 10;

    /** Reads a type; one of another form has its whole text as its name. */
    public static HiveType parse(String text) {
        String folded = text.toLowerCase(Locale.ROOT).replaceAll("\\s+", "");
        Matcher parts = FORM.matcher(folded);
        if (!parts.matches()) {
            return new HiveType(folded, 0, 0);
        }
        return new HiveType(parts.group(1), number(parts.group(2)), number(parts.group(3)));
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** Returns whether it is text of any length. */
    public boolean isString() {
        return name.equals("string");
    }

    /**
     * Returns the type of a warehouse's column that takes its values, in which text has four bytes for a character; empty for
     * text of any length, and for what no line of text holds.
     */
    public Optional<ColumnType> column() {
        return Optional.ofNullable(
                switch (name) {
                    case "tinyint", "smallint" -> ColumnType.of(Kind.SMALLINT);
                    case "int", "integer" -> ColumnType.of(Kind.INTEGER);
                    case "bigint" -> ColumnType.of(Kind.BIGINT);
                    case "float" -> ColumnType.of(Kind.REAL);
                    case "double" -> ColumnType.of(Kind.DOUBLE);
                    case "decimal" -> decimal();
                    case "boolean" -> ColumnType.of(Kind.BOOLEAN);
                    case "date" -> ColumnType.of(Kind.DATE);
                    case "timestamp" -> ColumnType.of(Kind.TIMESTAMP);
                    case "varchar", "char" ->
                        length < 1
                                ? null
                                : ColumnType.varchar((int) Math.min((long) length * BYTES_PER_CHARACTER, MOST_BYTES));
                    default -> null;
                });
    }

    /** Hive's default is another than Redshift's. */
    private @Nullable ColumnType decimal() {
        int digits = length == 0 ? USUAL_DIGITS : length;
        return digits > MOST_DIGITS || scale > digits ? null : ColumnType.decimal(digits, scale);
    }
}
