package io.caravan.csv.value;

import io.caravan.base.ErrorCode;
import io.caravan.model.row.ValuePacker;
import io.caravan.model.table.ColumnType;

/**
 * CHAR and VARCHAR, whose length is in bytes. A text stays as it is, but for blanks at its end that are beyond the
 * column's length: those Redshift cuts too.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_Character_types.html">Character types</a>
 */
final class TextRule implements ValueRule {

    private final int maxBytes;
    private final boolean singleByteOnly;
    private final String type;

    TextRule(ColumnType type) {
        this.maxBytes = type.length();
        this.singleByteOnly = type.kind() == ColumnType.Kind.CHAR;
        this.type = type.sql();
    }

    @Override
    public String canonical(String value) throws RefusedValueException {
        int nul = value.indexOf('\0');
        if (nul >= 0) {
            throw new RefusedValueException(
                    ErrorCode.VALUE_CHARACTER, "character " + (nul + 1) + " is NUL, which Redshift does not keep");
        }
        if (singleByteOnly) {
            checkSingleBytes(value);
        }
        if (value.length() <= maxBytes / Utf8.MAX_BYTES_PER_CHAR) {
            return value;
        }
        int bytes = Utf8.bytes(value);
        return bytes <= maxBytes ? value : cut(value, bytes);
    }

    @Override
    public boolean pack(char[] text, int from, int to, ValuePacker packer, int place) {
        return from < to
                && !(singleByteOnly && holdsOtherBytes(text, from, to))
                && packer.putText(place, text, from, to, maxBytes);
    }

    private static boolean holdsOtherBytes(char[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] > 0x7F) {
                return true;
            }
        }
        return false;
    }

    private void checkSingleBytes(String value) throws RefusedValueException {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 0x7F) {
                throw new RefusedValueException(
                        ErrorCode.VALUE_CHARACTER,
                        "character " + (i + 1) + " is not a single byte, all that " + type + " holds; use VARCHAR");
            }
        }
    }

    private String cut(String value, int bytes) throws RefusedValueException {
        int end = value.length();
        int excess = bytes - maxBytes;
        while (excess > 0 && end > 0 && value.charAt(end - 1) == ' ') {
            end--;
            excess--;
        }
        if (excess > 0) {
            throw new RefusedValueException(
                    ErrorCode.VALUE_TOO_LONG, bytes + " bytes of UTF-8, " + type + " holds " + maxBytes);
        }
        return value.substring(0, end);
    }
}
