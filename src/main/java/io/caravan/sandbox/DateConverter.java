package io.caravan.sandbox;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** DATE in DATEFORMAT, or in the ISO form by default and for {@code auto}. */
final class DateConverter implements FieldConverter {

    private final @Nullable DatePattern pattern;

    DateConverter(String format) {
        boolean iso = format.equals("auto") || format.equals("YYYY-MM-DD");
        this.pattern = iso ? null : new DatePattern(format);
    }

    @Override
    public void convert(byte[] bytes, int start, int end, CopyRows out) throws FieldException {
        int from = Blanks.start(bytes, start, end);
        int to = Blanks.end(bytes, from, end);
        if (pattern != null) {
            out.put(pattern.date(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1)));
        } else if (to - from == IsoDate.LENGTH && IsoDate.at(bytes, from, to)) {
            out.put(bytes, from, to);
        } else {
            throw new FieldException(1205, "Invalid Date Format - length must be 10 or more");
        }
    }
}
