package io.caravan.sandbox.value;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** BOOLEAN: the words that Redshift knows, in any case. */
record BooleanConverter() implements FieldConverter {

    @Override
    public void convert(byte[] bytes, int start, int end, CopyRows out) throws FieldException {
        int from = Blanks.start(bytes, start, end);
        int to = Blanks.end(bytes, from, end);
        String word = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        switch (word) {
            case "t", "true", "y", "yes", "1" -> out.bool(true);
            case "f", "false", "n", "no", "0" -> out.bool(false);
            default -> throw new FieldException(1210, "Unknown boolean format");
        }
    }
}
