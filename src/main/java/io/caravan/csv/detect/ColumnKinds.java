package io.caravan.csv.detect;

import io.caravan.csv.guess.CellKind;
import io.caravan.csv.guess.NullWords;
import java.util.List;
import java.util.regex.Pattern;

/** Which columns of rows hold values of a type, and which hold text. */
final class ColumnKinds {

    private static final int ROWS = 1_000;

    private static final double MOSTLY = 0.8;
    private static final int UNIT_CHARS = 25;

    private static final Pattern RULE = Pattern.compile("[-=_]{2,}");

    private final boolean[] typed;

    private ColumnKinds(boolean[] typed) {
        this.typed = typed;
    }

    static ColumnKinds of(List<SampleRecord> rows, int width) {
        boolean[] typed = new boolean[width];
        for (int column = 0; column < width; column++) {
            int filled = 0;
            int values = 0;
            for (SampleRecord row : rows.subList(0, Math.min(rows.size(), ROWS))) {
                String text = row.field(column).strip();
                if (!text.isEmpty() && !NullWords.isOne(text)) {
                    filled++;
                    values += CellKind.isTyped(text) ? 1 : 0;
                }
            }
            typed[column] = filled > 0 && values >= filled * MOSTLY;
        }
        return new ColumnKinds(typed);
    }

    boolean isTyped(int column) {
        return column < typed.length && typed[column];
    }

    boolean isAnyTyped() {
        for (boolean one : typed) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the fields that a row has are of their columns: one of text in a column of numbers is not. */
    boolean fit(SampleRecord row) {
        for (int column = 0; column < Math.min(row.size(), typed.length); column++) {
            String text = row.field(column).strip();
            if (typed[column] && !text.isEmpty() && !CellKind.isTyped(text)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a record below the header says in what the columns are measured, or is a line that was drawn. */
    boolean areUnits(SampleRecord record) {
        if (record.size() != typed.length) {
            return false;
        }
        int units = 0;
        int rules = 0;
        int filled = 0;
        for (int column = 0; column < typed.length; column++) {
            String text = record.field(column).strip();
            if (text.isEmpty()) {
                continue;
            }
            filled++;
            rules += RULE.matcher(text).matches() ? 1 : 0;
            boolean isValue = CellKind.isTyped(text) || NullWords.isOne(text) || text.length() > UNIT_CHARS;
            if (typed[column] && isValue) {
                return rules == filled && isRules(record);
            }
            units += typed[column] ? 1 : 0;
        }
        return units >= 2 || (units == 1 && filled <= 2) || (filled > 0 && rules == filled);
    }

    private static boolean isRules(SampleRecord record) {
        return record.fields().stream()
                .map(String::strip)
                .allMatch(text -> text.isEmpty() || RULE.matcher(text).matches());
    }
}
