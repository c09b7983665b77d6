package io.caravan.sandbox.value;

import java.nio.charset.StandardCharsets;

/**
 * A type whose bytes stand in the file as hexadecimal digits.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/copy-usage-varbyte.html">Loading a column of the VARBYTE type</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/copy-usage_notes-spatial-data.html">Loading spatial data</a>
 */
final class HexConverter implements FieldConverter {

    private final String type;

    HexConverter(String type) {
        this.type = type;
    }

    @Override
    public void convert(byte[] bytes, int from, int to, CopyRows out) throws FieldException {
        for (int i = from; i < to; i++) {
            if (Character.digit(bytes[i], 16) < 0) {
                throw Blanks.invalidDigit(bytes, i, from, to, type);
            }
        }
        if ((to - from) % 2 != 0) {
            throw Blanks.invalidDigit(bytes, to, from, to, type);
        }
        byte[] digits = new String(bytes, from, to - from, StandardCharsets.US_ASCII)
                .toLowerCase(java.util.Locale.ROOT)
                .getBytes(StandardCharsets.US_ASCII);
        out.text(digits, 0, digits.length);
    }
}
