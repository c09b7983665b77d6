package io.caravan.sandbox.value;

import io.caravan.sandbox.wire.WireWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Rows in PostgreSQL's text format, for what the binary one cannot say: see {@link CopyColumn#needsText}. */
public final class TextRows implements CopyRows {

    private static final LocalDateTime EPOCH = LocalDateTime.of(2000, 1, 1, 0, 0);

    private final RowBuffer rows;
    private boolean first;

    public TextRows(WireWriter to) {
        this.rows = new RowBuffer(to);
    }

    @Override
    public void beginRow(int columns) {
        first = true;
    }

    @Override
    public void nothing() {
        value("\\N");
    }

    @Override
    public void byDefault() {
        value("\\D");
    }

    @Override
    public void bool(boolean value) {
        value(value ? "t" : "f");
    }

    @Override
    public void integer(long value, int bytes) {
        value(Long.toString(value));
    }

    @Override
    public void real(float value) {
        value(Float.toString(value));
    }

    @Override
    public void doublePrecision(double value) {
        value(Double.toString(value));
    }

    @Override
    public void date(int day) {
        value(EPOCH.toLocalDate().plusDays(day).toString());
    }

    @Override
    public void timestamp(long micros) {
        value(clock(micros).toString());
    }

    @Override
    public void timestamp(long micros, int offsetSeconds) {
        value(clock(micros).atOffset(ZoneOffset.ofTotalSeconds(offsetSeconds)).toString());
    }

    private static LocalDateTime clock(long micros) {
        return EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    @Override
    public void time(long micros) {
        value(text(micros));
    }

    @Override
    public void timeInUtc(long micros) {
        value(text(PostgresTime.ofDay(micros)) + "+00");
    }

    private static String text(long micros) {
        return micros == PostgresTime.MICROS_PER_DAY
                ? "24:00:00"
                : LocalTime.MIDNIGHT.plus(micros, ChronoUnit.MICROS).toString();
    }

    @Override
    public void decimal(byte[] ascii, int from, int to) {
        begin(to - from).put(ascii, from, to - from);
    }

    @Override
    public void text(byte[] utf8, int from, int to) {
        ByteBuffer out = begin(2 * (to - from));
        for (int i = from; i < to; i++) {
            switch (utf8[i]) {
                case '\\' -> out.put((byte) '\\').put((byte) '\\');
                case '\n' -> out.put((byte) '\\').put((byte) 'n');
                case '\r' -> out.put((byte) '\\').put((byte) 'r');
                case '\t' -> out.put((byte) '\\').put((byte) 't');
                default -> out.put(utf8[i]);
            }
        }
    }

    private void value(String ascii) {
        begin(ascii.length()).put(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /** Separates the value from the one before it, and returns where to put it. */
    private ByteBuffer begin(int bytes) {
        ByteBuffer out = rows.room(bytes + 1);
        if (!first) {
            out.put((byte) '\t');
        }
        first = false;
        return out;
    }

    @Override
    public boolean endRow() throws IOException {
        rows.room(1).put((byte) '\n');
        return rows.endRow();
    }

    @Override
    public void dropRow() {
        rows.dropRow();
    }

    @Override
    public void end() throws IOException {
        rows.send();
    }
}
