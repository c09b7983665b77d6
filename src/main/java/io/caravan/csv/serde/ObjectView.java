package io.caravan.csv.serde;

import io.caravan.base.RejectedObjectException;
import io.caravan.csv.ColumnPlan;
import io.caravan.csv.RowReader;
import io.caravan.csv.record.CsvReader;
import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.record.RecordText;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.Feed;
import io.caravan.model.row.ParsedRow;
import io.caravan.model.row.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** Reads a whole object through a feed, and shows its records to a view of readers. */
public final class ObjectView {

    /** Of UTF-8. */
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Feed feed;
    private final String uri;
    private final Deque<ViewedRecord> waiting = new ArrayDeque<>();
    private long nextLine = 1;

    private ObjectView(Feed feed, String uri) {
        this.feed = feed;
        this.uri = uri;
    }

    /**
     * Reads an object.
     *
     * @param uri names it in messages
     * @param plan what the feed says about the columns of its table, for this object
     * @param shape is told what its fields are, before the view sees any; answers whether readers take them so
     * @throws RejectedObjectException if it could not be loaded
     */
    public static void read(
            InputStream content, String uri, Feed feed, ColumnPlan plan, ReaderView view, FieldsConsumer shape) {
        new ObjectView(feed, uri).read(content, plan, view, shape);
    }

    /** Is told what the fields of an object are. */
    @FunctionalInterface
    public interface FieldsConsumer {

        /** Returns whether readers of the table take the fields for what they are. */
        boolean accept(List<ObjectField> fields);
    }

    private void read(InputStream content, ColumnPlan plan, ReaderView view, FieldsConsumer shape) {
        CsvFormat format = feed.csv();
        PushbackInputStream start = new PushbackInputStream(content, MARK.length);
        boolean hasMark = hasMark(start);
        CsvReader records = new CsvReader(start, format, feed.limits().maxRecordChars());
        RowReader rows = new RowReader(new Watched(records, this::keep), plan, format);
        if (format.header() && !waiting.isEmpty()) {
            ViewedRecord header = waiting.remove();
            nextLine = header.line() + header.lines() + format.layout().linesAfterHeader();
        } else {
            nextLine = 1L + format.layout().linesBefore();
        }
        if (!shape.accept(ObjectField.of(rows))) {
            return;
        }
        view.begin(nextLine - 1, uri);
        if (hasMark && nextLine == 1) {
            view.warn(uri + " begins with a byte order mark, which readers take for a part of its first value");
        }
        long others = 0;
        while (rows.hasNext()) {
            ParsedRow row = rows.next();
            while (!waiting.isEmpty() && waiting.element().line() < row.lineNumber()) {
                waiting.remove();
            }
            if (row instanceof Row && !waiting.isEmpty()) {
                ViewedRecord record = waiting.remove();
                others += record.line() - nextLine;
                nextLine = record.line() + record.lines();
                view.add(record);
            }
        }
        // What is behind the last row that loads: rejected rows, lines that are no records, and those at the end that
        // are not read.
        others += Math.max(0, records.line() - nextLine) + format.layout().linesAtEnd();
        view.addOtherLines(others);
    }

    private static boolean hasMark(PushbackInputStream content) {
        try {
            byte[] first = content.readNBytes(MARK.length);
            content.unread(first);
            return Arrays.equals(first, MARK);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keep(CsvRecord record) {
        if (record.problem().isPresent()) {
            return;
        }
        List<String> fields = new ArrayList<>(record.size());
        BitSet nulls = new BitSet();
        for (int i = 0; i < record.size(); i++) {
            fields.add(record.field(i));
            nulls.set(i, record.isNull(i, feed.csv().nulls()));
        }
        String raw = record.raw();
        waiting.add(new ViewedRecord(
                record.lineNumber(),
                uri + " line " + record.lineNumber(),
                // Its end is missing: no reader's view of it can be like it.
                RecordText.isWhole(raw) ? raw : raw + "\n",
                fields,
                nulls));
    }

    /** Shows each record to somebody before it is handed on. */
    private record Watched(Iterator<CsvRecord> records, Consumer<CsvRecord> watcher) implements Iterator<CsvRecord> {

        @Override
        public boolean hasNext() {
            return records.hasNext();
        }

        @Override
        public CsvRecord next() {
            CsvRecord record = records.next();
            watcher.accept(record);
            return record;
        }
    }
}
