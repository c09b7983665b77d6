package io.caravan.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.Mode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An object drawn at random: few keys and few values, so that they meet, and some that no table takes.
 *
 * @param key the object's key
 * @param rows its records, in their order
 * @param unfit whether it can never load, whatever its rows are
 * @param text its content before compression
 * @param gzip whether it is compressed
 */
record RandomObject(String key, List<Row> rows, boolean unfit, String text, boolean gzip) {

    /**
     * A record.
     *
     * @param line where it starts, from 1
     * @param state whether it is a row
     * @param deletes whether it says D
     * @param values the row's values as the table shows them, by column
     */
    record Row(String key, int line, State state, boolean deletes, Map<String, @Nullable String> values) {

        boolean good() {
            return state == State.GOOD;
        }

        /** Returns whether it is rejected, and nobody knows which row of the table it is. */
        boolean unreadable() {
            return !good() && state != State.REJECTED;
        }
    }

    /** What becomes of a record. */
    enum State {
        GOOD,
        /** It is rejected, but its matching keys can be read. */
        REJECTED,
        /** It is rejected, as its matching keys are. */
        WITHOUT_KEY,
        /** Its fields cannot be told from each other. */
        MALFORMED,
        /** It has an empty field too many. */
        TOO_LONG
    }

    /** A field as it is written, and as the table shows it. */
    private record Field(String text, @Nullable String value) {}

    private enum Flaw {
        EMPTY,
        UNKNOWN_COLUMN,
        UNCLOSED_QUOTE,
        NO_KEY
    }

    private static final Map<String, List<Field>> FIELDS = Map.of(
            "id",
            List.of(
                    new Field("0", "0"),
                    new Field("1", "1"),
                    new Field("+1", "1"),
                    new Field(" 2 ", "2"),
                    new Field("\"02\"", "2"),
                    new Field("3", "3")),
            "code",
            List.of(
                    new Field("1", "1"),
                    new Field("a", "a"),
                    new Field("a ", "a "),
                    new Field("a" + " ".repeat(9), "a" + " ".repeat(7)),
                    new Field("\"a\"", "a"),
                    new Field("ü", "ü"),
                    new Field("\"\"", ""),
                    new Field("  ", "  ")),
            "kind",
            List.of(new Field("u", "u  "), new Field("u    ", "u  "), new Field("uv", "uv "), new Field("\"\"", "   ")),
            "name",
            List.of(
                    new Field("", null),
                    new Field("\"\"", ""),
                    new Field(" ", " "),
                    new Field("x", "x"),
                    new Field("x  ", "x  "),
                    new Field("x" + " ".repeat(25), "x" + " ".repeat(19)),
                    new Field("\"say \"\"x, y\"\"\"", "say \"x, y\""),
                    new Field("\"two\nlines\"", "two\nlines"),
                    new Field("\\N", "\\N"),
                    new Field("😀\t'", "😀\t'")),
            "price",
            List.of(new Field("", null), new Field("1", "1.00"), new Field("1.0", "1.00"), new Field("-.5", "-0.50")),
            "note",
            List.of(new Field("", null), new Field("none", "none"), new Field("none ", "none "), new Field("n", "n")),
            "seq",
            List.of(new Field("1", "1"), new Field("2", "2"), new Field("3", "3")),
            "Op",
            List.of(new Field("I", "I"), new Field("U", "U"), new Field("D", "D"), new Field("d", "D")),
            "colour",
            List.of(new Field("red", "red")));

    static RandomObject of(String key, RandomFeed feed, Random random) {
        Flaw flaw = random.nextInt(8) > 0 ? null : List.of(Flaw.values()).get(random.nextInt(Flaw.values().length));
        List<String> columns = columns(feed, flaw, random);
        String end = random.nextBoolean() ? "\n" : "\r\n";
        StringBuilder text = new StringBuilder(random.nextInt(8) == 0 ? "\uFEFF" : "");
        text.append(columns.stream()
                .map(column -> random.nextInt(4) == 0 ? column.toUpperCase(Locale.ROOT) : column)
                .collect(Collectors.joining(",")));
        List<Row> rows = new ArrayList<>();
        int line = 2;
        for (int i = random.nextInt(7); i > 0; i--) {
            if (random.nextInt(10) == 0) {
                text.append(end);
                line++;
            }
            Map<String, Field> record = record(columns, feed, random);
            State state = random.nextInt(8) > 0 ? State.GOOD : spoil(record, feed, random);
            String written = record.values().stream().map(Field::text).collect(Collectors.joining(","));
            text.append(end).append(written);
            rows.add(new Row(key, line, state, isDelete(record), values(record)));
            line += 1 + (int) written.chars().filter(c -> c == '\n').count();
        }
        text.append(flaw == Flaw.UNCLOSED_QUOTE ? end + "\"never" : random.nextBoolean() ? end : "");
        String written = flaw == Flaw.EMPTY ? "" : text.toString();
        boolean unordered = feed.sequenced() && !columns.contains("seq");
        return new RandomObject(key, fitted(rows), flaw != null || unordered, written, random.nextInt(4) == 0);
    }

    /** An empty field too many does not count if all records have it; malformed ones say nothing of the others. */
    private static List<Row> fitted(List<Row> rows) {
        return rows.stream().anyMatch(row -> row.state() != State.TOO_LONG && row.state() != State.MALFORMED)
                ? rows
                : rows.stream()
                        .map(row -> row.state() == State.TOO_LONG
                                ? new Row(row.key(), row.line(), State.GOOD, row.deletes(), row.values())
                                : row)
                        .toList();
    }

    /** In any order, now and then without one. */
    private static List<String> columns(RandomFeed feed, @Nullable Flaw flaw, Random random) {
        List<String> columns = new ArrayList<>(RandomFeed.COLUMNS);
        Collections.shuffle(columns, random);
        if (random.nextInt(4) == 0) {
            columns.remove(random.nextInt(columns.size()));
        }
        columns.addAll(
                feed.keys().stream().filter(key -> !columns.contains(key)).toList());
        if (flaw == Flaw.NO_KEY && !feed.keys().isEmpty()) {
            columns.remove(feed.keys().get(0));
        } else if (flaw == Flaw.UNKNOWN_COLUMN || flaw == Flaw.NO_KEY) {
            columns.add("colour");
        }
        if (feed.mode() == Mode.CHANGES && random.nextInt(6) > 0) {
            columns.add(random.nextInt(columns.size()), "Op");
        }
        return columns;
    }

    private static Map<String, Field> record(List<String> columns, RandomFeed feed, Random random) {
        Map<String, Field> record = new LinkedHashMap<>();
        for (String column : columns) {
            List<Field> fields = requireNonNull(FIELDS.get(column));
            record.put(column, fields.get(random.nextInt(fields.size())));
        }
        if (!feed.sequenced() && record.containsKey("seq") && random.nextInt(4) == 0) {
            record.put("seq", new Field("", null));
        }
        return record;
    }

    /** Spoils a record, if it has what is to be spoilt; returns what becomes of it then. */
    private static State spoil(Map<String, Field> record, RandomFeed feed, Random random) {
        List<String> spoilt = new ArrayList<>(
                List.of("id x", "code 123456789", "kind ü", "price 1.001", "price 1.001", "note \"q\"q", "note,"));
        feed.keys().forEach(key -> spoilt.add(key + " "));
        if (feed.sequenced()) {
            spoilt.add("seq ");
        }
        if (feed.mode() == Mode.CHANGES) {
            spoilt.addAll(List.of("Op ", "Op x"));
        }
        String choice = spoilt.get(random.nextInt(spoilt.size()));
        int space = choice.indexOf(' ');
        if (space < 0) {
            record.put("", new Field("", null));
            return State.TOO_LONG;
        }
        String column = choice.substring(0, space);
        boolean malformed = column.equals("note");
        boolean matters = !isDelete(record)
                || malformed
                || feed.keys().contains(column)
                || List.of("seq", "Op").contains(column);
        if (record.replace(column, new Field(choice.substring(space + 1), null)) == null || !matters) {
            return State.GOOD;
        }
        return malformed ? State.MALFORMED : feed.keys().contains(column) ? State.WITHOUT_KEY : State.REJECTED;
    }

    private static boolean isDelete(Map<String, Field> record) {
        @Nullable Field change = record.get("Op");
        return change != null && "D".equals(change.value());
    }

    private static Map<String, @Nullable String> values(Map<String, Field> record) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        record.forEach((column, field) -> values.put(column, field.value()));
        values.remove("Op");
        values.remove("");
        return values;
    }

    /** Returns an object with the same bytes under another key. */
    RandomObject under(String otherKey) {
        List<Row> moved = rows.stream()
                .map(row -> new Row(otherKey, row.line(), row.state(), row.deletes(), row.values()))
                .toList();
        return new RandomObject(otherKey, moved, unfit, text, gzip);
    }

    /** Returns whether it has the same bytes, under whatever key. */
    boolean isSameAs(RandomObject other) {
        return gzip == other.gzip && text.equals(other.text);
    }

    /** Returns the content as it is stored. */
    byte[] content() {
        if (!gzip) {
            return text.getBytes(UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    List<Row> goodRows() {
        return rows.stream().filter(Row::good).toList();
    }

    int rejectedRows() {
        return rows.size() - goodRows().size();
    }

    /** Returns whether the object as a whole is rejected, whatever is in the table. */
    boolean rejected(RandomFeed feed) {
        long keys = goodRows().stream()
                .map(row -> ModelTable.key(feed, row.values()))
                .distinct()
                .count();
        return rejectedByReading(feed)
                || (feed.duplicates() == Duplicates.FAIL && keys < goodRows().size());
    }

    /** Returns whether the object as a whole is rejected before its rows are compared with each other. */
    boolean rejectedByReading(RandomFeed feed) {
        return unfit
                || rejectedRows() > feed.maxRejectedRows()
                || (rejectedRows() > 0 && goodRows().isEmpty());
    }

    @Override
    public String toString() {
        return key
                + (gzip ? ", compressed: " : ": ")
                + text.replace("\r", "\\r").replace("\n", "\\n");
    }
}
