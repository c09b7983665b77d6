package io.caravan.load.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.Mode;
import io.caravan.model.feed.Provenance;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.spi.DataFileRecord;
import io.caravan.spi.DataFiles;
import io.caravan.spi.StagedLoad;
import io.caravan.spi.StagingArea;
import io.caravan.spi.StagingSession;
import io.caravan.spi.StagingTable;
import io.caravan.testing.ScriptedSession;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingFeed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which data files are copied when, and once more where rows are refused. */
class CopyStagingTest {

    private static final Column ID = new Column("id", ColumnType.of(Kind.INTEGER), false, false);

    private final ScriptedSession session = new ScriptedSession();
    private final TestingClock clock = new TestingClock();
    private final ObjectTally tally =
            new ObjectTally(1, new ObjectVersion("b", "k", "e", 1, Instant.EPOCH), false, false);

    @Test
    void aSmallLoadIsCopiedAtItsEndOnceForEachTable() {
        CopyStaging staging = staging(true);
        write(staging, StagingTable.ROWS, 1);
        write(staging, StagingTable.REJECTED, 1);

        staging.finish(List.of(tally));
        staging.close();

        assertThat(session.calls())
                .containsExactly(
                        "copy ROWS caravan_rows 0-1 @null@ NONE",
                        "copy REJECTED caravan_rejected 0-1 @null@ NONE",
                        "close caravan_rows",
                        "close caravan_rejected");
    }

    @Test
    void theFirstDataFilesOfALargeLoadAreCopiedWhileOthersAreWritten() {
        CopyStaging staging = staging(true);
        write(staging, StagingTable.ROWS, 1);
        write(staging, StagingTable.ROWS, 1);
        write(staging, StagingTable.ROWS, 1);

        staging.finish(List.of(tally));

        assertThat(session.calls())
                .containsExactly(
                        "copy ROWS caravan_rows 0-2 @null@ NONE",
                        "endPrivatePart",
                        "copy ROWS caravan_rows 2-3 @null@ NONE");
    }

    @Test
    void whereAllIsCopiedAheadNothingIsLeftForTheEnd() {
        CopyStaging staging = staging(true);
        write(staging, StagingTable.ROWS, 2);

        staging.finish(List.of(tally));

        assertThat(session.calls()).containsExactly("copy ROWS caravan_rows 0-2 @null@ NONE", "endPrivatePart");
    }

    /** Somebody else commits what is staged, so that it could not be copied again. */
    @Test
    void whereThatMayNotBeNothingIsCopiedAhead() {
        CopyStaging staging = staging(false);
        write(staging, StagingTable.ROWS, 3);

        staging.finish(List.of(tally));

        assertThat(session.calls()).containsExactly("copy ROWS caravan_rows 0-3 @null@ NONE");
    }

    @Test
    void rejectedRowsAreNotCopiedAhead() {
        CopyStaging staging = staging(true);
        write(staging, StagingTable.REJECTED, 3);

        assertThat(session.calls()).isEmpty();
    }

    @Test
    void whereRowsAreRefusedAllIsCopiedAgainWithoutThem() {
        session.answerInTurn("count", Map.of(), Map.of());
        session.answer("copy", refusing(1));
        CopyStaging staging = staging(true);
        write(staging, StagingTable.ROWS, 1);
        write(staging, StagingTable.REJECTED, 1);

        staging.finish(List.of(tally));

        assertThat(copies())
                .containsExactly(
                        "copy ROWS caravan_rows 0-1 @null@ NONE",
                        "copy ROWS caravan_rows 0-1 @null@ SOME",
                        "copy REJECTED caravan_rejected 0-1 @null@ SOME");
    }

    @Test
    void whatWasRefusedAheadIsNotCopiedFurtherAndThenAgainFromTheStart() {
        session.answerInTurn("count", Map.of(), Map.of());
        session.answer("copy", refusing(1));
        CopyStaging staging = staging(true);
        write(staging, StagingTable.ROWS, 2);
        write(staging, StagingTable.ROWS, 2);

        staging.finish(List.of(tally));

        assertThat(copies())
                .containsExactly("copy ROWS caravan_rows 0-2 @null@ NONE", "copy ROWS caravan_rows 0-4 @null@ SOME");
    }

    @Test
    void whereMoreAreRefusedThanCopyLeavesOutAllAreLeftOut() {
        session.answerInTurn("count", Map.of(), Map.of());
        session.answer("copy", refusing(2));
        CopyStaging staging = staging(true);
        write(staging, StagingTable.ROWS, 1);

        staging.finish(List.of(tally));

        assertThat(copies())
                .containsExactly(
                        "copy ROWS caravan_rows 0-1 @null@ NONE",
                        "copy ROWS caravan_rows 0-1 @null@ SOME",
                        "copy ROWS caravan_rows 0-1 @null@ ALL");
    }

    @Test
    void anyOtherFailureIsTheLoads() {
        RetryableException conflict = new RetryableException(ErrorCode.WAREHOUSE_CONFLICT, "conflict");
        session.answer("copy", () -> {
            throw conflict;
        });
        CopyStaging staging = staging(true);
        write(staging, StagingTable.ROWS, 1);

        assertThatThrownBy(() -> staging.finish(List.of(tally))).isSameAs(conflict);
    }

    @Test
    void withoutARowNothingIsCopied() {
        CopyStaging staging = staging(true);

        staging.finish(List.of(tally));
        staging.close();

        assertThat(session.calls()).isEmpty();
    }

    private List<String> copies() {
        return session.calls().stream().filter(call -> call.startsWith("copy")).toList();
    }

    private static Supplier<?> refusing(int times) {
        int[] left = {times};
        return () -> {
            if (left[0]-- > 0) {
                throw new RetryableException(ErrorCode.WAREHOUSE_REFUSED_ROWS, "rows are refused");
            }
            return "";
        };
    }

    /** Writes a row for each of so many data files, and waits until they are written. */
    private static void write(CopyStaging staging, StagingTable table, int files) {
        staging.write(table, writer -> {
            for (int i = 0; i < files; i++) {
                writer.endRow();
            }
        });
        staging.settle();
    }

    private CopyStaging staging(boolean copiesAhead) {
        return new CopyStaging(
                session.as(StagingSession.class),
                plan(),
                new Area(),
                "l1",
                "@null@",
                10,
                copiesAhead,
                clock,
                clock::pass);
    }

    private static MergePlan plan() {
        return new MergePlan(
                "l1",
                TableName.parse("public.t"),
                List.of(ID),
                List.of(ID),
                List.of(),
                TestingFeed.policy(Mode.UPSERT, Duplicates.LAST),
                null,
                null,
                false,
                Provenance.NONE,
                Instant.EPOCH,
                false);
    }

    private final class Area implements StagingArea {

        @Override
        public DataFiles create(String loadId, String table, String nullMarker) {
            return new Files(table);
        }

        @Override
        public List<StagedLoad> findLoads() {
            return List.of();
        }

        @Override
        public void delete(StagedLoad load) {}
    }

    /** A data file for each row. */
    private final class Files implements DataFiles {

        private final String table;
        private final List<String> files = new ArrayList<>();

        Files(String table) {
            this.table = table;
        }

        @Override
        public void field(@Nullable String value) {}

        @Override
        public void endRow() {
            files.add(table + files.size());
        }

        @Override
        public int stored() {
            return files.size();
        }

        @Override
        public void finish() {}

        @Override
        public String manifest(int from, int to) {
            return table + " " + from + "-" + to;
        }

        @Override
        public String folder() {
            return table;
        }

        @Override
        public List<String> files() {
            return files;
        }

        @Override
        public void read(String file, Consumer<DataFileRecord> action) {}

        @Override
        public void close() {
            session.calls().add("close " + table);
        }
    }
}
