package io.caravan.load.batch;

import io.caravan.model.row.PackedValues;
import io.caravan.model.row.Row;
import io.caravan.model.table.Column;
import java.util.List;

/**
 * The matching keys of rows. Values are in canonical form, so equal texts are equal values; Redshift compares text without
 * trailing blanks.
 */
public final class RowKeys {

    private final int[] positions;
    private final boolean[] isText;

    /**
     * Finds the keys in rows.
     *
     * @param columns the columns of a row's values
     * @param keys those of them that are matching keys
     */
    RowKeys(List<Column> columns, List<Column> keys) {
        this.positions = keys.stream().mapToInt(columns::indexOf).toArray();
        this.isText = new boolean[positions.length];
        for (int i = 0; i < isText.length; i++) {
            isText[i] = keys.get(i).type().kind().isText();
        }
    }

    /** Returns whether there are no keys, so that no row can supersede another. */
    boolean areNone() {
        return positions.length == 0;
    }

    int hash(Row row) {
        int hash = 0;
        for (int key = 0; key < positions.length; key++) {
            hash = 31 * hash + compared(row, key).hashCode();
        }
        return hash;
    }

    boolean areEqual(Row one, Row other) {
        for (int key = 0; key < positions.length; key++) {
            if (!compared(one, key).equals(compared(other, key))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns whether a row's keys come after another's in an order that is the same for all rows: if each row follows the
     * one before it, no two have the same keys. A shorter text comes before a longer one, so numbers and values of fixed
     * length have their natural order. For keys that are not ASCII the order is unknown, as different texts may be equal:
     * returns false.
     */
    boolean follows(Row earlier, Row later) {
        for (int key = 0; key < positions.length; key++) {
            int order = isText[key] ? orderOfText(value(earlier, key), value(later, key)) : order(earlier, later, key);
            if (order != 0) {
                return order > 0;
            }
        }
        return false;
    }

    private int order(Row earlier, Row later, int key) {
        if (earlier.values() instanceof PackedValues one && later.values() instanceof PackedValues other) {
            return other.compareAt(positions[key], one);
        }
        return order(value(earlier, key), value(later, key));
    }

    private static int order(String earlier, String later) {
        int longer = later.length() - earlier.length();
        return longer != 0 ? longer : later.compareTo(earlier);
    }

    /** A column may compare its text without regard to case. */
    private static int orderOfText(String earlier, String later) {
        int length = lengthWithoutBlanks(later);
        int longer = length - lengthWithoutBlanks(earlier);
        for (int i = 0; i < length; i++) {
            char c = later.charAt(i);
            if (c >= 0x80) {
                return -1;
            }
            if (longer == 0) {
                int difference = lowerCase(c) - lowerCase(earlier.charAt(i));
                if (difference != 0) {
                    return isAscii(later, i, length) ? difference : -1;
                }
            }
        }
        return longer;
    }

    private static boolean isAscii(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static int lowerCase(char ascii) {
        return ascii >= 'A' && ascii <= 'Z' ? ascii + ('a' - 'A') : ascii;
    }

    private String compared(Row row, int key) {
        String value = value(row, key);
        return isText[key] ? value.substring(0, lengthWithoutBlanks(value)) : value;
    }

    private String value(Row row, int key) {
        String value = row.values().get(positions[key]);
        if (value == null) {
            throw new IllegalStateException("a row with NULL in a matching key is a rejected row");
        }
        return value;
    }

    /** Returns the length of a text as the warehouse compares it. */
    public static int lengthWithoutBlanks(String value) {
        int end = value.length();
        while (end > 0 && value.charAt(end - 1) == ' ') {
            end--;
        }
        return end;
    }
}
