package io.caravan.csv.record;

import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.Escapes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects and their records, written so that a test can be read. */
public final class CsvText {

    private CsvText() {}

    public static CsvFormat format(
            char delimiter, @Nullable Character quote, @Nullable Character escape, String nullString) {
        return new CsvFormat(StandardCharsets.UTF_8, delimiter, quote, escape, true, nullString);
    }

    /** Fields with commas between, in quotes or not, and escapes as a database writes them. */
    public static CsvFormat escapes(Escapes escapes, @Nullable Character quote, String nullString) {
        return new CsvFormat(StandardCharsets.UTF_8, ',', quote, '\\', escapes, true, nullString);
    }

    public static CsvFormat charset(Charset charset) {
        return new CsvFormat(charset, ',', '"', null, true, "");
    }

    /** Returns the records, each as {@code line: field|'quoted field'} or {@code line: ERROR_CODE raw}. */
    public static List<String> records(CsvReader reader) {
        List<String> records = new ArrayList<>();
        while (reader.hasNext()) {
            records.add(show(reader.next()));
        }
        return records;
    }

    public static List<String> records(CsvFormat format, byte[] content) {
        return records(new CsvReader(new ByteArrayInputStream(content), format));
    }

    public static List<String> records(CsvFormat format, String content) {
        return records(format, content.getBytes(format.charset()));
    }

    public static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** A stream that gives only so many bytes at a time. */
    public static InputStream slowly(byte[] content, int bytesAtOnce) {
        return new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, bytesAtOnce));
            }
        };
    }

    /** A stream that fails after its content. */
    public static InputStream failingAfter(byte[] content, Exception failure) {
        return new InputStream() {
            private int next;

            @Override
            public int read() throws IOException {
                if (next < content.length) {
                    return content[next++] & 0xFF;
                }
                if (failure instanceof IOException e) {
                    throw e;
                }
                throw (RuntimeException) failure;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                target[offset] = (byte) read();
                return 1;
            }
        };
    }

    private static String show(CsvRecord record) {
        String line = record.lineNumber() + ": ";
        if (record.problem().isPresent()) {
            return line + record.problem().get().code() + " " + record.raw();
        }
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < record.size(); i++) {
            fields.add(record.quoted(i) ? "'" + record.field(i) + "'" : record.field(i));
        }
        return line + String.join("|", fields);
    }
}
