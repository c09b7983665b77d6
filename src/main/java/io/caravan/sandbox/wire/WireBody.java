package io.caravan.sandbox.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads and makes the bodies of the few messages that the sandbox looks into. */
public final class WireBody {

    /** What a RowDescription has of a column behind its name. */
    private static final int COLUMN_BYTES = 18;

    private final ByteBuffer in;

    public WireBody(byte[] body) {
        this.in = ByteBuffer.wrap(body);
    }

    /** Reads a string up to its zero byte. */
    public String text() {
        int start = in.position();
        int end = start;
        while (in.get(end) != 0) {
            end++;
        }
        String text = new String(in.array(), start, end - start, StandardCharsets.UTF_8);
        in.position(end + 1);
        return text;
    }

    public byte next() {
        return in.get();
    }

    public boolean hasMore() {
        return in.hasRemaining();
    }

    /** Returns what has not been read. */
    public byte[] rest() {
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        return rest;
    }

    /** Reads the columns of a DataRow as text. */
    public List<@Nullable String> row() {
        int columns = in.getShort();
        List<@Nullable String> row = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
            int length = in.getInt();
            if (length < 0) {
                row.add(null);
            } else {
                row.add(new String(in.array(), in.position(), length, StandardCharsets.UTF_8));
                in.position(in.position() + length);
            }
        }
        return row;
    }

    /** Returns a RowDescription with its columns called otherwise. */
    public static byte[] renamed(byte[] description, UnaryOperator<String> names) {
        WireBody in = new WireBody(description);
        ByteArrayOutputStream out = new ByteArrayOutputStream(description.length);
        out.write(description, 0, 2);
        in.in.position(2);
        while (in.hasMore()) {
            out.writeBytes(text(names.apply(in.text())));
            out.write(description, in.in.position(), COLUMN_BYTES);
            in.in.position(in.in.position() + COLUMN_BYTES);
        }
        return out.toByteArray();
    }

    public static byte[] parse(String name, String sql, byte[] parameterTypes) {
        byte[] text = (name + '\0' + sql + '\0').getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(text.length + parameterTypes.length)
                .put(text)
                .put(parameterTypes)
                .array();
    }

    /** A Bind without parameters, all results as text. */
    public static byte[] bind(String portal, String statement) {
        byte[] names = (portal + '\0' + statement + '\0').getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(names.length + 6).put(names).array();
    }

    public static byte[] execute(String portal) {
        byte[] name = (portal + '\0').getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + 4).put(name).array();
    }

    /** A string and its zero byte. */
    public static byte[] text(String text) {
        return (text + '\0').getBytes(StandardCharsets.UTF_8);
    }
}
