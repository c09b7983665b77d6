package io.caravan.sandbox.value;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
            LocalDate date = pattern.date(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
            long micros = PostgresTime.micros(date.atStartOfDay().toInstant(ZoneOffset.UTC), date);
            out.date((int) (micros / PostgresTime.MICROS_PER_DAY));
            return;
        }
        int day = to - from == IsoDate.LENGTH ? IsoDate.day(bytes, from, to) : IsoDate.NONE;
        if (day == IsoDate.NONE) {
            throw new FieldException(1205, "Invalid Date Format - length must be 10 or more");
        }
        out.date(day);
    }
}
