package io.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.load.remember.ChangedRows;
import io.caravan.load.remember.RowMemory;
import io.caravan.load.staging.StagingTables;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.ChangeCounts;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Limits;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.Mode;
import io.caravan.model.row.Batch;
import io.caravan.model.row.RejectedRow;
import io.caravan.model.row.Row;
import io.caravan.model.table.Column;
import io.caravan.spi.TargetSession;
import io.caravan.testing.FeedBuilder;
import io.caravan.testing.TestingFeed;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows on their way into the staging tables: which columns they have, which of them go there, and what is counted. */
class RowStagingTest {

    private static final List<Column> COLUMNS = List.of(LoadParts.ID, LoadParts.NAME);

    private final LoadParts parts = new LoadParts();
    private final ObjectVersion a = parts.put("a");
    private final ObjectVersion b = parts.put("b");

    @Test
    void allObjectsHaveTheColumnsOfTheFirst() {
        RowStaging rows = rows();
        begin(a);

        assertThat(rows.haveColumns()).isFalse();
        assertThat(rows.accept(COLUMNS)).isTrue();
        assertThat(rows.haveColumns()).isTrue();
        assertThat(rows.accept(COLUMNS)).isTrue();
        assertThat(rows.accept(List.of(LoadParts.ID))).isFalse();
        assertThat(rows.fit(COLUMNS)).isTrue();
        assertThat(rows.fit(List.of(LoadParts.ID))).isFalse();
    }

    @Test
    void columnsThatNoLoadCanHaveDoNotFitAndAreToldWhenTheObjectIsRead() {
        parts.feed = TestingFeed.of(new MergePolicy(Mode.UPSERT, Duplicates.LAST, "name", null, 1, "Op", false, false));
        RowStaging rows = rows();
        begin(a);

        assertThat(rows.fit(List.of(LoadParts.ID))).isFalse();
        assertThat(rows.haveColumns()).isFalse();
        assertThatThrownBy(() -> rows.accept(List.of(LoadParts.ID)))
                .isInstanceOfSatisfying(RejectedObjectException.class, reason -> assertThat(reason.code())
                        .isEqualTo(ErrorCode.OBJECT_MISSING_COLUMN));
    }

    /** Of rows that share their keys one is staged, if it is known which without the others. */
    @ParameterizedTest
    @CsvSource({
        // mode, duplicates, keeps superseded rows, sequenceBy | which rows of a batch are staged
        "UPSERT,  LAST,  false, ,     last",
        "UPSERT,  FIRST, false, ,     first",
        "UPSERT,  FAIL,  false, ,     all",
        "UPSERT,  LAST,  true,  ,     all",
        "UPSERT,  LAST,  false, name, all",
        "APPEND,  LAST,  false, ,     all",
        "CHANGES, LAST,  false, ,     last",
        "MIRROR,  LAST,  false, ,     last",
    })
    void rowsOfOneKeyBecomeOneInTheirBatchWhereThatIsTheWholeTruth(
            Mode mode, Duplicates duplicates, boolean keepsSuperseded, @Nullable String sequenceBy, String stays) {
        parts.feed =
                TestingFeed.of(new MergePolicy(mode, duplicates, sequenceBy, null, 1, "Op", false, keepsSuperseded));
        RowStaging rows = rows();
        begin(a);
        rows.accept(staged(sequenceBy));
        Row first = row(2, "1", "Ada");
        Row last = row(3, "1", "Bo");

        Batch batch = rows.batches(List.of(first, last).iterator()).next();

        List<Row> expected =
                stays.equals("all") ? List.of(first, last) : stays.equals("last") ? List.of(last) : List.of(first);
        assertThat(batch).isEqualTo(new Batch(expected, List.of(), 2 - expected.size()));
    }

    /** A sequence's column is never NULL. */
    private static List<Column> staged(@Nullable String sequenceBy) {
        Column name = LoadParts.NAME;
        return sequenceBy == null ? COLUMNS : List.of(LoadParts.ID, new Column(name.name(), name.type(), false, false));
    }

    @Test
    void rowsAndRejectedRowsAreStagedAndCounted() {
        RowStaging rows = rows();
        begin(a);
        rows.accept(COLUMNS);

        rows.stage(new Batch(List.of(row(2, "1", "Ada")), List.of(rejected(3)), 4));

        assertThat(staged()).containsExactly("REJECTED [1, 3, null, CSV_QUOTE, why, raw]", "ROWS [1, 2, 1, Ada]");
        assertThat(parts.tallies.current().staged()).isEqualTo(1);
        assertThat(parts.tallies.current().rejectedRows()).isEqualTo(1);
        assertThat(parts.tallies.current().entry(ChangeCounts.NONE).counts().superseded())
                .isEqualTo(4);
    }

    @Test
    void anObjectWithTooManyRejectedRowsKeepsTheFirstOfThem() {
        parts.feed = new FeedBuilder()
                .limits(new Limits(10, 1000, 1, 1, 10, 1000, 1000, 1000))
                .build();
        RowStaging rows = rows();
        begin(a);
        rows.accept(COLUMNS);
        rows.stage(new Batch(List.of(), List.of(rejected(2)), 0));

        assertThatThrownBy(() -> rows.stage(new Batch(List.of(row(4, "1", "Ada")), List.of(rejected(3)), 0)))
                .isInstanceOfSatisfying(RejectedObjectException.class, reason -> assertThat(reason.code())
                        .isEqualTo(ErrorCode.OBJECT_TOO_MANY_REJECTED_ROWS));
        assertThat(staged())
                .containsExactly(
                        "REJECTED [1, 2, null, CSV_QUOTE, why, raw]", "REJECTED [1, 3, null, CSV_QUOTE, why, raw]");
    }

    @Test
    void rowsThatStandInTheTargetAreNotStagedAndCountAsUnchanged() {
        parts.memory = new TestingMemory(new ChangedRows(2, List.of(row(2, "1", "Ada")), 3, Map.of(1, 2L)));
        RowStaging rows = rows();
        begin(a);
        rows.accept(COLUMNS);
        parts.tallies.current().add(new Batch(List.of(), List.of(), 0));
        parts.tallies.current().addStaged(2);
        parts.tallies.current().leaveOut(2);
        begin(b);

        rows.stage(new Batch(
                List.of(row(2, "1", "Ada"), row(3, "2", "x"), row(4, "3", "x"), row(5, "4", "x")), List.of(), 0));
        assertThat(staged()).as("not before the next batch, or the end").isEmpty();
        rows.flush();

        assertThat(staged()).containsExactly("ROWS [2, 2, 1, Ada]");
        assertThat(parts.tallies.numbered(2).staged()).isEqualTo(1);
        assertThat(parts.tallies
                        .numbered(2)
                        .entry(new ChangeCounts(0, 1, 0, 0, 0))
                        .counts()
                        .unchanged())
                .isEqualTo(3);
        assertThat(parts.tallies.numbered(1).entry(ChangeCounts.NONE).counts().superseded())
                .isEqualTo(2);
    }

    /** What is known of a snapshot is forgotten with it. */
    @ParameterizedTest
    @EnumSource(names = {"UPSERT", "MIRROR"})
    void memoryBeginsOnceOrForEachSnapshot(Mode mode) {
        parts.feed = TestingFeed.of(mode);
        parts.memory = parts.session.as(RowMemory.class);
        RowStaging rows = rows();

        begin(a);
        rows.accept(COLUMNS);
        assertThat(parts.session.steps()).containsExactly("begin");
        begin(b);
        rows.accept(COLUMNS);

        assertThat(parts.session.steps())
                .containsExactlyElementsOf(mode.isSnapshot() ? List.of("begin", "begin") : List.of("begin"));
    }

    @Test
    void onlyOfASnapshotIsItAskedWhatItLacks() {
        parts.memory = parts.session.as(RowMemory.class);
        begin(a);
        rows().stageUnseen();
        assertThat(parts.session.steps()).isEmpty();

        parts.feed = TestingFeed.of(Mode.MIRROR);
        rows().stageUnseen();
        assertThat(parts.session.steps()).containsExactly("stageUnseen");

        parts.tallies.current().reject(new RejectedObjectException(ErrorCode.OBJECT_UNCLOSED_QUOTE, "bad"));
        rows().stageUnseen();
        assertThat(parts.session.steps()).containsExactly("stageUnseen");
    }

    /** Two rows may share their keys where batches were cut, or a batch was not looked through. */
    @ParameterizedTest
    @CsvSource({
        // mode, duplicates, keys of one batch, of another | whether keys may repeat
        "UPSERT, LAST, 1 2 3, ,    false",
        "UPSERT, LAST, 2 1,   ,    false",
        "UPSERT, LAST, 1 2,   3 4, false",
        "UPSERT, LAST, 1 2,   2,   true",
        "UPSERT, FAIL, 2 1,   ,    true",
        "APPEND, LAST, 2 1,   1,   false",
    })
    void keysMayRepeatWhereTheyDoNotAscend(
            Mode mode, Duplicates duplicates, String one, @Nullable String other, boolean mayRepeat) {
        parts.feed = TestingFeed.of(TestingFeed.policy(mode, duplicates));
        RowStaging rows = rows();
        assertThat(rows.mayRepeatKeys()).as("nothing is staged").isFalse();
        begin(a);
        rows.accept(COLUMNS);

        rows.stage(batch(one));
        if (other != null) {
            rows.stage(batch(other));
        }

        assertThat(rows.mayRepeatKeys()).isEqualTo(mayRepeat);
    }

    @Test
    void withoutKeysNoneRepeat() {
        parts.feed = new FeedBuilder()
                .merge(TestingFeed.policy(Mode.REPLACE, Duplicates.LAST))
                .keys(List.of())
                .build();
        RowStaging rows = rows();
        begin(a);
        rows.accept(COLUMNS);
        rows.stage(batch("2 1"));
        rows.stage(batch("1"));

        assertThat(rows.mayRepeatKeys()).isFalse();
    }

    @Test
    void anObjectThatWasStagedAsAWholeHasKeysThatAnotherMayRepeat() {
        RowStaging rows = rows();
        begin(a);
        rows.fit(COLUMNS);
        rows.addWhole();
        assertThat(rows.mayRepeatKeys()).isFalse();
        rows.addWhole();
        assertThat(rows.mayRepeatKeys()).isTrue();
    }

    /** A load whose objects are all rejected before their header still has a session. */
    @Test
    void withoutColumnsTheStagingTablesHaveThoseOfTheTarget() {
        rows().session();

        assertThat(parts.session.calls().get(0)).contains("columns=[" + LoadParts.ID + ", " + LoadParts.NAME + "]");
    }

    private RowStaging rows() {
        return parts.rows(parts.task(a, b));
    }

    private void begin(ObjectVersion object) {
        parts.tallies.begin(object, false, false);
    }

    /** Returns the rows that were staged. */
    private List<String> staged() {
        return parts.session.calls().stream()
                .filter(call -> call.matches("[A-Z]+ .*"))
                .toList();
    }

    private static Batch batch(String keys) {
        return new Batch(
                List.of(keys.split(" ", -1)).stream()
                        .map(key -> row(2, key, "x"))
                        .toList(),
                List.of(),
                0);
    }

    private static Row row(long line, String id, String name) {
        return new Row(line, List.of(id, name));
    }

    private static RejectedRow rejected(long line) {
        return new RejectedRow(line, null, ErrorCode.CSV_QUOTE, "why", "raw");
    }

    /** Looks through the rows of a batch when they are flushed, and finds then what the test says. */
    private record TestingMemory(ChangedRows changed) implements RowMemory {

        @Override
        public void begin(List<Column> columns, List<Column> keys) {}

        @Override
        public boolean isUsed() {
            return true;
        }

        @Override
        public void stage(int number, Batch batch, Consumer<ChangedRows> staging) {}

        @Override
        public void flush(Consumer<ChangedRows> staging) {
            staging.accept(changed);
        }

        @Override
        public void stageUnseen(StagingTables tables, ObjectTally snapshot) {}

        @Override
        public long rowsBefore(TargetSession session) {
            return NONE.rowsBefore(session);
        }

        @Override
        public long findMissing(TargetSession session, int snapshot) {
            return NONE.findMissing(session, snapshot);
        }

        @Override
        public void beforeChange(TargetSession session) {}

        @Override
        public OptionalLong rowsAfter(TargetSession session, boolean isChanged) {
            return NONE.rowsAfter(session, isChanged);
        }

        @Override
        public void committed(ObjectTallies tallies) {}

        @Override
        public void close() {}
    }
}
