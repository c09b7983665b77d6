package io.caravan.sandbox.value;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/** TIMESTAMP and TIMESTAMPTZ in TIMEFORMAT. Without a zone, an offset is read and dropped. */
final class TimestampConverter implements FieldConverter {

    /** PostgreSQL's zones are less than this from UTC. */
    private static final int MAX_OFFSET_SECONDS = 16 * 3600;

    private final String format;
    private final boolean auto;
    private final boolean zoned;
    private final @Nullable DatePattern pattern;

    TimestampConverter(String format, boolean zoned) {
        boolean own = format.equals("auto")
                || format.startsWith("epoch")
                || format.equals("YYYY-MM-DD HH:MI:SS")
                || format.equals("YYYY-MM-DD HH:MI:SSOF");
        this.format = format;
        this.auto = format.equals("auto");
        this.zoned = zoned;
        this.pattern = own ? null : new DatePattern(format);
    }

    @Override
    public void convert(byte[] bytes, int start, int end, CopyRows out) throws FieldException {
        int from = Blanks.start(bytes, start, end);
        int to = Blanks.end(bytes, from, end);
        if (pattern != null) {
            put(pattern.timestamp(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1)), out);
        } else if (format.startsWith("epoch")) {
            epoch(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1), out);
        } else {
            iso(bytes, from, to, out);
        }
    }

    private void put(TemporalAccessor time, CopyRows out) throws FieldException {
        LocalDateTime clock = LocalDateTime.from(time);
        if (zoned && time instanceof OffsetDateTime moment) {
            int offset = moment.getOffset().getTotalSeconds();
            if (Math.abs(offset) >= MAX_OFFSET_SECONDS) {
                throw FieldException.ofPostgres("time zone displacement out of range: \"" + time + '"');
            }
            out.timestamp(PostgresTime.micros(clock.toInstant(ZoneOffset.UTC), time), offset);
        } else {
            out.timestamp(PostgresTime.micros(clock.toInstant(ZoneOffset.UTC), clock));
        }
    }

    private void epoch(String text, CopyRows out) throws FieldException {
        try {
            long value = Long.parseLong(text);
            Instant time = format.equals("epochsecs") ? Instant.ofEpochSecond(value) : Instant.ofEpochMilli(value);
            if (zoned) {
                out.timestamp(PostgresTime.micros(time, time), 0);
            } else {
                out.timestamp(PostgresTime.micros(time, time.toString().replace("Z", "")));
            }
        } catch (NumberFormatException | DateTimeException e) {
            throw invalid();
        }
    }

    private void iso(byte[] bytes, int from, int to, CopyRows out) throws FieldException {
        int day = IsoDate.day(bytes, from, to);
        if (day == IsoDate.NONE) {
            throw invalid();
        }
        int i = from + IsoDate.LENGTH;
        if (i == to && auto) {
            out.timestamp(day * PostgresTime.MICROS_PER_DAY);
            return;
        }
        if (to - i < 9
                || (bytes[i] != ' ' && !(auto && bytes[i] == 'T'))
                || bytes[i + 3] != ':'
                || bytes[i + 6] != ':') {
            throw invalid();
        }
        int seconds = part(bytes, i + 1, 23) * 3600 + part(bytes, i + 4, 59) * 60 + part(bytes, i + 7, 59);
        int zone = fraction(bytes, i + 9, to);
        if (zone < to && !(zoned || auto)) {
            throw invalid();
        }
        int offset = offset(bytes, zone, to);
        long micros = day * PostgresTime.MICROS_PER_DAY
                + seconds * PostgresTime.MICROS_PER_SECOND
                + micros(bytes, i + 10, zone);
        if (zoned && zone < to) {
            out.timestamp(micros, offset);
        } else {
            out.timestamp(micros);
        }
    }

    /** Returns the end of a point and digits, or of nothing. */
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

    private static long micros(byte[] bytes, int from, int to) {
        long micros = 0;
        for (int i = from; i < from + 6; i++) {
            micros = micros * 10 + (i < to ? bytes[i] - '0' : 0);
        }
        return micros;
    }

    /** Returns the seconds that nothing, Z, +HH, +HHMM or +HH:MM says. */
    private static int offset(byte[] bytes, int from, int to) throws FieldException {
        int length = to - from;
        if (length == 0 || (length == 1 && bytes[from] == 'Z')) {
            return 0;
        }
        boolean sign = bytes[from] == '+' || bytes[from] == '-';
        boolean shape = length == 3 || length == 5 || (length == 6 && bytes[from + 3] == ':');
        if (!sign || !shape) {
            throw invalid();
        }
        int seconds = part(bytes, from + 1, 15) * 3600 + (length > 3 ? part(bytes, to - 2, 59) * 60 : 0);
        return bytes[from] == '-' ? -seconds : seconds;
    }

    private static int part(byte[] bytes, int at, int max) throws FieldException {
        int value = IsoDate.digits(bytes, at, 2);
        if (value < 0 || value > max) {
            throw invalid();
        }
        return value;
    }

    private static FieldException invalid() {
        return new FieldException(1206, "Invalid timestamp format or value [YYYY-MM-DD HH24:MI:SS]");
    }
}
