package io.caravan.csv.value;

import io.caravan.base.ErrorCode;
import java.util.Base64;
import java.util.HexFormat;

/**
 * VARBYTE: hexadecimal digits, two for each byte, as COPY has it, with {@code 0x} or {@code \x} before them or none; or base64.
 * Canonical as digits of lower case.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/copy-usage-varbyte.html">Loading a column of the VARBYTE type</a>
 */
final class BytesRule implements ValueRule {

    private final int maxBytes;
    private final boolean base64;

    BytesRule(int maxBytes, boolean base64) {
        this.maxBytes = maxBytes;
        this.base64 = base64;
    }

    @Override
    public String canonical(String value) throws RefusedValueException {
        String text = Blanks.strip(value);
        String digits = base64 ? HexFormat.of().formatHex(decoded(text)) : lowerCase(text);
        if (digits.length() / 2 > maxBytes) {
            throw new RefusedValueException(
                    ErrorCode.VALUE_TOO_LONG,
                    digits.length() / 2 + " bytes, VARBYTE(" + maxBytes + ") holds " + maxBytes);
        }
        return digits;
    }

    private static byte[] decoded(String text) throws RefusedValueException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // The message may hold a character of the value.
            throw RefusedValueException.format("not base64: letters, digits, + and /, with = at the end or none");
        }
    }

    private static String lowerCase(String text) throws RefusedValueException {
        int from = text.startsWith("0x") || text.startsWith("0X") || text.startsWith("\\x") ? 2 : 0;
        StringBuilder digits = new StringBuilder(text.length() - from);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!HexFormat.isHexDigit(c)) {
                throw RefusedValueException.unexpected(
                        "not bytes in hexadecimal digits", text, i, "is not one of 0 to 9 and A to F");
            }
            digits.append(c >= 'A' && c <= 'F' ? (char) (c + ('a' - 'A')) : c);
        }
        if (digits.length() % 2 != 0) {
            throw RefusedValueException.format("not bytes in hexadecimal digits: their number is odd");
        }
        return digits.toString();
    }
}
