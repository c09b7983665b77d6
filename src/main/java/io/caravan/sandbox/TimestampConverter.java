package io.caravan.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** TIMESTAMP and TIMESTAMPTZ in TIMEFORMAT. Without a zone, an offset is read and dropped. */
final class TimestampConverter implements FieldConverter {

    private final String format;
    private final boolean zoned;
    private final @Nullable DatePattern pattern;

    TimestampConverter(String format, boolean zoned) {
        boolean own = format.equals("auto")
                || format.startsWith("epoch")
                || format.equals("YYYY-MM-DD HH:MI:SS")
                || format.equals("YYYY-MM-DD HH:MI:SSOF");
        this.format = format;
        this.zoned = zoned;
        this.pattern = own ? null : new DatePattern(format);
    }

    @Override
    public void convert(byte[] bytes, int start, int end, CopyRows out) throws FieldException {
        int from = Blanks.start(bytes, start, end);
        int to = Blanks.end(bytes, from, end);
        if (pattern != null) {
            out.put(pattern.timestamp(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1), zoned));
        } else if (format.startsWith("epoch")) {
            epoch(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1), out);
        } else {
            iso(bytes, from, to, out);
        }
    }

    private void epoch(String text, CopyRows out) throws FieldException {
        try {
            long value = Long.parseLong(text);
            Instant time = format.equals("epochsecs") ? Instant.ofEpochSecond(value) : Instant.ofEpochMilli(value);
            out.put(zoned ? time.toString() : time.toString().replace("Z", ""));
        } catch (NumberFormatException | java.time.DateTimeException e) {
            throw invalid();
        }
    }

    private void iso(byte[] bytes, int from, int to, CopyRows out) throws FieldException {
        boolean auto = format.equals("auto");
        if (!IsoDate.at(bytes, from, to)) {
            throw invalid();
        }
        int i = from + IsoDate.LENGTH;
        if (i == to && auto) {
            out.put(bytes, from, to);
            return;
        }
        if (to - i < 9
                || (bytes[i] != ' ' && !(auto && bytes[i] == 'T'))
                || bytes[i + 3] != ':'
                || bytes[i + 6] != ':') {
            throw invalid();
        }
        boolean time = within(bytes, i + 1, 23) && within(bytes, i + 4, 59) && within(bytes, i + 7, 59);
        if (!time) {
            throw invalid();
        }
        i = fraction(bytes, i + 9, to);
        int offset = i;
        if (i < to && !(zoned || auto)) {
            throw invalid();
        }
        offset(bytes, i, to);
        out.put(bytes, from, offset);
        if (zoned) {
            out.put(bytes, offset, to);
        }
    }

    private static int fraction(byte[] bytes, int from, int to) throws FieldException {
        if (from >= to || bytes[from] != '.') {
            return from;
        }
        int i = from + 1;
        while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        int digits = i - from - 1;
        if (digits == 0 || digits > 6) {
            throw invalid();
        }
        return i;
    }

    /** Nothing, Z, +HH, +HHMM or +HH:MM. */
    private static void offset(byte[] bytes, int from, int to) throws FieldException {
        int length = to - from;
        if (length == 0 || (length == 1 && bytes[from] == 'Z')) {
            return;
        }
        boolean sign = bytes[from] == '+' || bytes[from] == '-';
        boolean shape = length == 3 || length == 5 || (length == 6 && bytes[from + 3] == ':');
        if (!sign || !shape || !within(bytes, from + 1, 15) || (length > 3 && !within(bytes, to - 2, 59))) {
            throw invalid();
        }
    }

    private static boolean within(byte[] bytes, int at, int max) {
        int value = IsoDate.digits(bytes, at, 2);
        return value >= 0 && value <= max;
    }

    private static FieldException invalid() {
        return new FieldException(1206, "Invalid timestamp format or value [YYYY-MM-DD HH24:MI:SS]");
    }
}
