package io.caravan.load.staging;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.csv.record.RawText;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.row.RejectedRow;
import io.caravan.spi.DataFileRecord;
import io.caravan.spi.DataFiles;
import io.caravan.spi.LineCount;
import io.caravan.spi.RefusedRecord;
import io.caravan.spi.StagingInsert;
import io.caravan.spi.StagingSession;
import io.caravan.spi.StagingTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the rows that COPY has left out into rejected rows.
 *
 * <p>The warehouse reports the data file, the line and the reason of each, but not what it counts as a line. So the rows
 * found by a way of counting are compared with the staged ones: if they are not staged, and are as many as are missing, they
 * are the refused ones. If no way of counting finds them, but the warehouse reports as many as are missing, the sent rows
 * are compared with the staged rows; then the reason of each single row is unknown. If a row is missing that the warehouse
 * does not report, the load fails.
 */
final class RefusedRows {

    private static final Logger log = LoggerFactory.getLogger(RefusedRows.class);

    /** So long rows are waited for that the view does not show yet: nobody says when it does. */
    private static final Duration LOOK_AGAIN_FOR = Duration.ofSeconds(10);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** A view that shows something, and no more at so many looks, shows no more: of many rows it never shows all. */
    private static final int LOOKS_IN_VAIN = 2;

    /** COPY may refuse 100,000 rows, each with a value in its reason. */
    private static final int MAX_REASON_CHARS = 4 * 1024 * 1024;

    private static final String UNKNOWN =
            "COPY refused it; the warehouse's view of load errors shows why, but not for which row";

    private final StagingSession session;
    private final RejectedFields fields;
    private final RefusedKeys keys;
    private final DataFiles files;
    private final long maxRejectedRows;
    private final Clock clock;
    private final Consumer<Duration> pause;
    private final Map<Integer, IncompleteObject> objects = new TreeMap<>();
    private final Map<String, Map<Long, Refusal>> refused = new TreeMap<>();
    private final Map<String, String> columns = new HashMap<>();
    private long shown;
    private long reasonChars;

    /**
     * Prepares for rows that were copied with tolerance.
     *
     * @param plan by which the staging tables were created
     * @param files the data files of the rows
     * @param maxRejectedRows most rejected rows of an object before the object as a whole is rejected
     * @param pause waits, while the clock goes on
     */
    RefusedRows(
            StagingSession session,
            MergePlan plan,
            DataFiles files,
            long maxRejectedRows,
            Clock clock,
            Consumer<Duration> pause) {
        this.session = session;
        this.fields = RejectedFields.of(plan);
        this.keys = new RefusedKeys(plan);
        this.files = files;
        this.maxRejectedRows = maxRejectedRows;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Stages them, and tells the objects.
     *
     * @param tallies the load's objects, and how many rows of each were handed to staging
     * @throws RetryableException if they cannot be found
     */
    void reject(List<ObjectTally> tallies) {
        session.endPrivatePart();
        findIncomplete(tallies);
        if (objects.isEmpty()) {
            return;
        }
        awaitRefused();
        for (LineCount count : LineCount.values()) {
            if (finds(insert -> findByLine(count, insert))) {
                return;
            }
        }
        if (shown < missing() || !finds(this::findByComparison)) {
            throw new RetryableException(
                    ErrorCode.WAREHOUSE_REFUSED_ROWS,
                    "COPY leaves out " + missing() + " rows, but the warehouse's view of load errors shows " + shown
                            + " for data files under " + files.folder()
                            + "; the load is tried again. If that does not help,"
                            + " maxObjectsPerLoad: 1 has an object with too many such rows rejected without the others");
        }
    }

    private void findIncomplete(List<ObjectTally> tallies) {
        Map<Integer, Long> arrived = session.count(StagingTable.ROWS);
        for (ObjectTally tally : tallies) {
            long missing = tally.staged() - arrived.getOrDefault(tally.number(), 0L);
            if (!tally.isRejected() && missing > 0) {
                objects.put(tally.number(), new IncompleteObject(tally, missing, maxRejectedRows));
            }
        }
    }

    private void awaitRefused() {
        Instant until = clock.instant().plus(LOOK_AGAIN_FOR);
        readRefused();
        int inVain = 0;
        while (shown < missing()
                && (shown == 0 || inVain < LOOKS_IN_VAIN)
                && clock.instant().isBefore(until)) {
            long before = shown;
            // In a transaction of its own, which shows what there is by now, and is not open meanwhile.
            session.endPrivatePart();
            pause.accept(BETWEEN_LOOKS);
            readRefused();
            inVain = shown > before ? 0 : inVain + 1;
        }
    }

    private void readRefused() {
        shown = 0;
        reasonChars = 0;
        refused.clear();
        session.readRefused(files.folder(), record -> {
            shown++;
            refused.computeIfAbsent(record.file(), file -> new HashMap<>()).putIfAbsent(record.line(), refusal(record));
        });
    }

    private Refusal refusal(RefusedRecord record) {
        reasonChars += record.reason().length();
        @Nullable
        String column = record.column() == null ? null : columns.computeIfAbsent(record.column(), name -> name);
        return new Refusal(column, reasonChars > MAX_REASON_CHARS ? UNKNOWN : record.reason());
    }

    private long missing() {
        return objects.values().stream().mapToLong(IncompleteObject::missing).sum();
    }

    /** Returns whether the rejected rows are complete with those that a search inserts; takes these back if not. */
    private boolean finds(Consumer<StagingInsert> search) {
        objects.values().forEach(IncompleteObject::clear);
        StagingInsert insert = session.insert(StagingTable.REJECTED);
        search.accept(insert);
        insert.flush();
        session.dropStagedFromRejected();
        Map<Integer, Long> rejected = session.count(StagingTable.REJECTED);
        if (!objects.values().stream().allMatch(object -> object.isExplainedBy(rejected))) {
            session.undoSharedPart();
            return false;
        }
        log.warn("COPY refused {} rows of {} objects; they are rejected", missing(), objects.size());
        objects.values().forEach(IncompleteObject::reject);
        return true;
    }

    private void findByLine(LineCount count, StagingInsert insert) {
        refused.forEach((file, lines) -> files.read(file, record -> {
            Refusal refusal = lines.get(record.line(count));
            if (refusal != null) {
                stage(SentRow.of(record), refusal.column(), refusal.reason(), insert);
            }
        }));
    }

    private void findByComparison(StagingInsert insert) {
        objects.forEach((number, object) -> session.readLines(number, object::arrived));
        for (String file : files.files()) {
            files.read(file, record -> {
                SentRow row = SentRow.of(record);
                IncompleteObject object = objects.get(row.number());
                if (object != null && !object.hasArrived(row.line())) {
                    stage(row, null, UNKNOWN, insert);
                }
            });
        }
    }

    private void stage(SentRow row, @Nullable String column, String reason, StagingInsert insert) {
        IncompleteObject object = objects.get(row.number());
        if (object != null && object.found(row.line())) {
            RejectedRow rejected = new RejectedRow(
                    row.line(),
                    column,
                    ErrorCode.VALUE_REFUSED_BY_COPY,
                    reason,
                    RawText.of(row.values()),
                    keys.read(row.values(), column));
            fields.write(insert, row.number(), rejected);
        }
    }

    /** Why a row was refused; the column is null if the warehouse names none. */
    private record Refusal(@Nullable String column, String reason) {}

    /** A row as it stands in a data file: the object's number and the line, neither of which needs quotes, and the values. */
    private record SentRow(int number, long line, String values) {

        static SentRow of(DataFileRecord record) {
            String text = record.text();
            int first = text.indexOf(',');
            int second = text.indexOf(',', first + 1);
            return new SentRow(
                    Integer.parseInt(text.substring(0, first)),
                    Long.parseLong(text.substring(first + 1, second)),
                    text.substring(second + 1));
        }
    }
}
