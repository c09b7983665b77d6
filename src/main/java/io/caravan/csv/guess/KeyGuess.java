package io.caravan.csv.guess;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The column that tells rows apart.
 *
 * @param reason why, for people
 */
public record KeyGuess(int column, Confidence confidence, String reason) {

    private static final Pattern ID = Pattern.compile("id|uuid|guid|key|pk|sku|_id|rowid|record_?id|objectid");

    /** By its end: order_id, orderid, customer code, invoice-number. */
    private static final Pattern LIKE_ID =
            Pattern.compile("(?s).*([_ .-](no|num)|.{2}(id|key|code|nr|number|uuid|guid))");

    private static final int LEAST_ROWS_BY_END = 2;

    /**
     * Finds it.
     *
     * @param isComplete whether all rows of all objects are in the columns
     */
    public static Optional<KeyGuess> find(List<ColumnValues> columns, boolean isComplete) {
        for (int i = 0; i < columns.size(); i++) {
            if (isId(columns.get(i).name()) && mayBeKey(columns.get(i))) {
                return Optional.of(guess(columns.get(i), i, isComplete));
            }
        }
        // Any other name tells a key from a reference by its place alone.
        ColumnValues first = columns.isEmpty() ? new ColumnValues("") : columns.get(0);
        return LIKE_ID.matcher(first.name().strip()).matches() && mayBeKey(first) && first.rows() >= LEAST_ROWS_BY_END
                ? Optional.of(guess(first, 0, isComplete))
                : Optional.empty();
    }

    /** Finds it among changes, in which a key may stand more than once: {@code id}, or the first column if its name is like that. */
    public static Optional<KeyGuess> findOfChanges(List<ColumnValues> columns) {
        for (int i = 0; i < columns.size(); i++) {
            ColumnValues column = columns.get(i);
            boolean isNamed = isId(column.name())
                    || (i == 0 && LIKE_ID.matcher(column.name().strip()).matches());
            if (isNamed && column.hasAllValues() && isOfKeyType(column)) {
                return Optional.of(new KeyGuess(
                        i,
                        Confidence.GUESS,
                        "by its name, and it has a value in each row; a key of changes is there often"));
            }
        }
        return Optional.empty();
    }

    private static KeyGuess guess(ColumnValues column, int index, boolean isComplete) {
        String place = index == 0 ? ", in the first column" : "";
        return isComplete
                ? new KeyGuess(
                        index,
                        Confidence.LIKELY,
                        "by its name" + place + ", and each of " + column.rows() + " rows has another value")
                : new KeyGuess(
                        index,
                        Confidence.GUESS,
                        "by its name" + place + ", and each of the " + column.rows()
                                + " rows that were read has another value; there are more");
    }

    private static boolean isId(String name) {
        return ID.matcher(name.strip().toLowerCase(Locale.ROOT)).matches();
    }

    private static boolean mayBeKey(ColumnValues column) {
        return column.isDistinct() && isOfKeyType(column);
    }

    private static boolean isOfKeyType(ColumnValues column) {
        if (column.name().indexOf(',') >= 0 || column.name().indexOf('"') >= 0) {
            // A list of keys cannot have such a name.
            return false;
        }
        return switch (column.type().kind()) {
            case SMALLINT, INTEGER, BIGINT, VARCHAR, CHAR -> true;
            case DECIMAL -> column.type().scale() == 0;
            default -> false;
        };
    }
}
