package io.caravan.load.remember;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.base.RetryableException;
import io.caravan.load.staging.StagingTables;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.target.FeedTarget;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.ChangeWords;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.Mode;
import io.caravan.model.row.Batch;
import io.caravan.model.row.RejectedRow;
import io.caravan.model.row.Row;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetSum;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.TargetSession;
import io.caravan.testing.FeedBuilder;
import io.caravan.testing.NotedStaging;
import io.caravan.testing.ScriptedSession;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows that stand in the target already are left out, as long as the target is as it was when they were written. */
class RememberedRowsTest {

    private static final Column ID = new Column("id", ColumnType.of(Kind.INTEGER), false, false);
    private static final Column NAME = new Column("name", ColumnType.varchar(10), true, false);
    private static final List<Column> COLUMNS = List.of(ID, NAME);
    private static final long ROOM = 1_000_000;

    private final ScriptedSession session = new ScriptedSession();
    private final TestingRememberedFiles files = new TestingRememberedFiles();
    private final Remembering remembering = new Remembering(files, ROOM);
    private final List<ChangedRows> staged = new ArrayList<>();
    private Feed feed = feed(Mode.UPSERT);

    @Test
    void withoutAnythingRememberedEveryRowIsStaged() {
        RowMemory memory = begin("l1");

        assertThat(memory.isUsed()).isFalse();
        stage(memory, 1, row(2, "1", "Ada"), row(3, "2", "Bo"));
        assertThat(staged).containsExactly(changed(1, 0, row(2, "1", "Ada"), row(3, "2", "Bo")));
        assertThat(memory.rowsBefore(asked(0, 7))).isZero();
    }

    @Test
    void whatIsStagedAgainAsItStandsIsLeftOut() {
        load("l1", row(2, "1", "Ada"), row(3, "2", "Bo"), row(4, "3", null));

        RowMemory memory = begin("l2");
        assertThat(memory.isUsed()).isTrue();
        assertThat(memory.rowsBefore(asked(3, 3))).isEqualTo(3);
        stage(memory, 1, row(9, "1", "Ada"), row(10, "2", "Bea"), row(11, "3", null), row(12, "4", "Cy"));

        assertThat(staged).containsExactly(changed(1, 2, row(10, "2", "Bea"), row(12, "4", "Cy")));
    }

    /** A row may change back within a load: then it is staged again, and what was left out before it is superseded. */
    @Test
    void whatWasLeftOutIsSupersededByALaterChange() {
        load("l1", row(2, "1", "Ada"));
        RowMemory memory = begin("l2");

        stage(memory, 1, row(2, "1", "Ada"));
        stage(memory, 2, row(2, "1", "Bo"));
        stage(memory, 3, row(2, "1", "Ada"));

        assertThat(staged)
                .containsExactly(
                        changed(1, 1),
                        new ChangedRows(2, List.of(row(2, "1", "Bo")), 0, Map.of(1, 1L)),
                        changed(3, 0, row(2, "1", "Ada")));
    }

    @Test
    void aTargetThatSomebodyElseHasChangedIsNotBelieved() {
        load("l1", row(2, "1", "Ada"));
        RowMemory memory = begin("l2");

        assertOutdated(() -> memory.rowsBefore(asked(1, 99)));
        assertThat(begin("l3").isUsed())
                .as("until something else is remembered")
                .isFalse();
        load("l3", row(2, "1", "Ada"));
        assertThat(begin("l4").isUsed()).isTrue();
    }

    @Test
    void whatIsOfAnotherTableOrHasOtherColumnsIsNotUsed() {
        load("l1", row(2, "1", "Ada"));

        RowMemory narrow = remembering.rows(feed, "l2");
        narrow.begin(List.of(ID), List.of(ID));
        assertThat(narrow.isUsed()).isFalse();

        RowMemory otherKeys = remembering.rows(feed, "l2");
        otherKeys.begin(COLUMNS, List.of(ID, NAME));
        assertThat(otherKeys.isUsed()).isFalse();

        feed = new FeedBuilder()
                .into(TableName.parse("public.u"), "id")
                .merge(policy(Mode.UPSERT))
                .build();
        assertThat(begin("l2").isUsed()).isFalse();
    }

    @Test
    void whatCannotBeReadIsNotUsed() {
        files.keep("f", "nothing of ours".getBytes(StandardCharsets.UTF_8));
        assertThat(begin("l1").isUsed()).isFalse();

        files.fail(new RetryableException(ErrorCode.OBJECT_STORE_BUSY, "busy"));
        assertThat(begin("l1").isUsed()).isFalse();
    }

    @Test
    void whatCannotBeWrittenIsNotBelievedAnyMore() {
        load("l1", row(2, "1", "Ada"));
        RowMemory memory = begin("l2");
        stage(memory, 1, row(2, "1", "Bo"));
        files.fail(new RetryableException(ErrorCode.OBJECT_STORE_BUSY, "busy"));
        commit(memory, 1);
        files.fail(null);

        assertThat(begin("l3").isUsed()).isFalse();
    }

    @Test
    void aLoadOfWhichRowsAreMissingIsNotRemembered() {
        RowMemory memory = begin("l1");
        stage(memory, 1, row(2, "1", "Ada"));
        memory.rowsAfter(asked(1, 7), true);
        ObjectTallies tallies = tallies();
        tallies.current().reject(new RejectedObjectException(ErrorCode.OBJECT_UNCLOSED_QUOTE, "bad"));
        memory.committed(tallies);

        assertThat(files.kept("f")).isNull();
    }

    @Test
    void aLoadThatChangesNothingLeavesWhatIsRemembered() {
        load("l1", row(2, "1", "Ada"));
        byte @Nullable [] before = files.kept("f");
        RowMemory memory = begin("l2");
        ObjectTallies tallies = tallies();
        tallies.current().leaveOut();
        memory.rowsAfter(asked(1, 1), false);
        memory.committed(tallies);

        assertThat(files.kept("f")).isSameAs(before);
        assertThat(begin("l3").isUsed()).isTrue();
    }

    /** A snapshot says what is missing only if everything is remembered. */
    @Test
    void aSnapshotIsRememberedAsAWholeOrNotAtAll() {
        feed = feed(Mode.MIRROR);
        RowMemory memory = begin("l1");
        stage(memory, 1, row(2, "1", "Ada"));
        commit(memory, 2);
        assertThat(files.kept("f")).as("the target has another row").isNull();

        feed = feed(Mode.UPSERT);
        RowMemory some = begin("l1");
        stage(some, 1, row(2, "1", "Ada"));
        commit(some, 2);
        assertThat(begin("l2").isUsed()).isTrue();
        feed = feed(Mode.MIRROR);
        assertThat(begin("l2").isUsed())
                .as("not all of the rows are remembered")
                .isFalse();
    }

    @Test
    void withoutARowNothingIsRemembered() {
        commit(begin("l1"), 5);

        assertThat(files.kept("f")).isNull();
    }

    @Test
    void withoutRememberedRowsTheTargetIsCounted() {
        RowMemory memory = begin("l1");

        assertThat(memory.rowsBefore(asked(9, 7))).isEqualTo(9);
        assertThat(remembering.rows(feed, "l2").rowsAfter(asked(8, 7), true)).isEmpty();
    }

    /** More keys than the target has rows cannot be what it holds. */
    @Test
    void moreThanTheTargetHasIsNotRemembered() {
        RowMemory memory = begin("l1");
        stage(memory, 1, row(2, "1", "Ada"), row(3, "2", "Bo"));
        commit(memory, 1);

        assertThat(files.kept("f")).isNull();
    }

    @Test
    void theSumAfterALoadIsMadeOfWhatItChangesUnlessTheRowsDoNotAddUp() {
        load("l1", row(2, "1", "Ada"), row(3, "2", "Bo"));
        session.calls().clear();
        RowMemory memory = begin("l2");
        session.answerInTurn("sumChanged", sum(1, 5), sum(2, 9)).answer("countTarget", 3L);
        memory.beforeChange(session.as(TargetSession.class));
        assertThat(memory.rowsAfter(session.as(TargetSession.class), true)).hasValue(3);
        assertThat(session.steps()).doesNotContain("sumTarget");

        RowMemory other = begin("l2");
        session.answerInTurn("sumChanged", sum(1, 5), sum(2, 9)).answer("countTarget", 4L);
        other.beforeChange(session.as(TargetSession.class));
        assertThat(other.rowsAfter(asked(4, 8), true)).hasValue(4);
        assertThat(session.steps()).contains("sumTarget");
    }

    @Test
    void theRowsThatASnapshotLacksAreFoundByTheirKeysUnlessTheTargetHasOthers() {
        feed = feed(Mode.MIRROR);
        load("l1", row(2, "1", "Ada"), row(3, "2", "Bo"), row(4, "3", "Cy"));
        RowMemory memory = begin("l2");
        stage(memory, 1, row(2, "2", "Bo"));
        memory.stageUnseen(tables(), tallies().current());

        assertThat(session.calls().stream().filter(call -> call.startsWith("UNSEEN")))
                .hasSize(2)
                .allMatch(call -> call.startsWith("UNSEEN [1, 0, "));
        session.answer("findUnseen", 2L);
        assertThat(memory.findMissing(session.as(TargetSession.class), 1)).isEqualTo(2);
        memory.rowsAfter(asked(1, 1), true);
        memory.committed(tallies());

        RowMemory next = begin("l3");
        stage(next, 1, row(2, "1", "Ada"), row(3, "2", "Bo"));
        assertThat(staged).last().isEqualTo(changed(1, 1, row(2, "1", "Ada")));
    }

    @Test
    void asManyMustBeFoundAsTheSnapshotLacks() {
        feed = feed(Mode.MIRROR);
        load("l1", row(2, "1", "Ada"), row(3, "2", "Bo"));
        RowMemory memory = begin("l2");
        stage(memory, 1, row(2, "2", "Bo"));
        memory.stageUnseen(tables(), tallies().current());
        session.answer("findUnseen", 2L);

        assertOutdated(() -> memory.findMissing(session.as(TargetSession.class), 1));
    }

    @Test
    void aSnapshotThatLacksNothingAsksForNothing() {
        feed = feed(Mode.MIRROR);
        load("l1", row(2, "1", "Ada"));
        RowMemory memory = begin("l2");
        stage(memory, 1, row(2, "1", "Ada"));
        memory.stageUnseen(tables(), tallies().current());

        assertThat(memory.findMissing(session.as(TargetSession.class), 1)).isZero();
        assertThat(session.calls()).noneMatch(call -> call.startsWith("UNSEEN") || call.startsWith("findUnseen"));
    }

    /** The keys of a rejected row are those of no row that the snapshot lacks. */
    @Test
    void aRejectedRowIsNotLacking() {
        feed = feed(Mode.MIRROR);
        load("l1", row(2, "1", "Ada"), row(3, "2", "Bo"));
        RowMemory memory = begin("l2");
        memory.stage(
                1,
                new Batch(
                        List.of(row(2, "2", "Bo")),
                        List.of(new RejectedRow(3, "name", ErrorCode.VALUE_FORMAT, "why", "raw", List.of("1"))),
                        0),
                staged::add);
        memory.flush(staged::add);
        memory.stageUnseen(tables(), tallies().current());

        assertThat(memory.findMissing(session.as(TargetSession.class), 1)).isZero();
    }

    private void assertOutdated(Runnable step) {
        assertThatThrownBy(step::run)
                .isInstanceOfSatisfying(RetryableException.class, failure -> assertThat(failure.code())
                        .isEqualTo(ErrorCode.REMEMBERED_ROWS_OUTDATED));
    }

    private RowMemory begin(String load) {
        RowMemory memory = remembering.rows(feed, load);
        memory.begin(COLUMNS, List.of(ID));
        return memory;
    }

    private void stage(RowMemory memory, int number, Row... rows) {
        memory.stage(number, new Batch(List.of(rows), List.of(), 0), staged::add);
        memory.flush(staged::add);
    }

    /** Loads rows into a table that has no others. */
    private void load(String id, Row... rows) {
        RowMemory memory = begin(id);
        stage(memory, 1, rows);
        commit(memory, rows.length);
        memory.close();
        staged.clear();
    }

    private void commit(RowMemory memory, long rowsAfter) {
        memory.rowsAfter(asked(rowsAfter, rowsAfter), true);
        memory.committed(tallies());
    }

    private static ObjectTallies tallies() {
        ObjectTallies tallies = new ObjectTallies();
        tallies.begin(new ObjectVersion("b", "in/a", "e", 1, Instant.EPOCH), false, false);
        return tallies;
    }

    /** Returns a session whose target has so many rows, and comes to such a sum. */
    private TargetSession asked(long rows, long hashes) {
        return session.answer("countTarget", rows)
                .answer("sumTarget", sum(rows, hashes))
                .as(TargetSession.class);
    }

    private static TargetSum sum(long rows, long hashes) {
        return new TargetSum(rows, BigInteger.valueOf(hashes));
    }

    private StagingTables tables() {
        return new StagingTables(
                session::asLoadSession,
                (open, plan) -> new NotedStaging(session.calls()),
                () -> new FeedTarget(feed, new TargetTable(feed.target(), COLUMNS))
                        .plan("l2", COLUMNS, Instant.EPOCH, false),
                false);
    }

    private static ChangedRows changed(int number, int unchanged, Row... rows) {
        return new ChangedRows(number, List.of(rows), unchanged, Map.of());
    }

    private static Row row(long line, String id, @Nullable String name) {
        List<@Nullable String> values = new ArrayList<>();
        values.add(id);
        values.add(name);
        return new Row(line, values);
    }

    private static Feed feed(Mode mode) {
        return new FeedBuilder().merge(policy(mode)).build();
    }

    private static MergePolicy policy(Mode mode) {
        return new MergePolicy(mode, Duplicates.LAST, null, null, 1, "Op", ChangeWords.DEFAULT, false, false, true);
    }
}
