package io.caravan.load.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.ErrorCode;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.ColumnPolicy.OnInvalid;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.Mode;
import io.caravan.model.feed.Provenance;
import io.caravan.model.ledger.DeadLetterGroup;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.row.RejectedRow;
import io.caravan.model.row.RepairedValue;
import io.caravan.model.row.Row;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.testing.NotedStaging;
import io.caravan.testing.ScriptedSession;
import io.caravan.testing.TestingFeed;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagingTablesTest {

    private static final Column ID = new Column("id", ColumnType.of(Kind.INTEGER), false, false);

    private final ScriptedSession session = new ScriptedSession();

    @Test
    void nothingIsOpenedBeforeSomethingIsStaged() {
        StagingTables tables = tables(Mode.UPSERT, false);

        tables.addRows(1, List.of());
        tables.addRejected(1, List.of());
        tables.close();

        assertThat(session.calls()).isEmpty();
    }

    @Test
    void theSessionIsOpenedAndClosedOnce() {
        StagingTables tables = tables(Mode.UPSERT, false);

        tables.addRows(1, List.of(new Row(2, List.of("7"))));
        tables.addRows(2, List.of(new Row(2, Arrays.asList("8", null), "8,")));
        tables.close();
        tables.close();

        assertThat(session.calls().stream().map(call -> call.startsWith("begin") ? "begin" : call))
                .containsExactly("begin", "ROWS [1, 2, 7]", "ROWS [2, 2, 8, null]", "end staging", "close");
    }

    @Test
    void rowsHaveTheirRecordsWhereTheLoadKeepsThem() {
        tables(Mode.UPSERT, true).addRows(1, List.of(new Row(2, List.of("7"), "7;")));

        assertThat(session.calls()).endsWith("ROWS [1, 2, 7, 7;]");
    }

    @Test
    void rejectedRowsHaveTheirKeysOnlyWhereMissingRowsGo() {
        RejectedRow row = new RejectedRow(3, "n", ErrorCode.VALUE_FORMAT, "why", "raw", List.of("7"));
        RejectedRow withoutKeys = new RejectedRow(4, null, ErrorCode.CSV_QUOTE, "why", "raw");

        tables(Mode.UPSERT, false).addRejected(1, List.of(row));
        assertThat(session.calls()).endsWith("REJECTED [1, 3, n, VALUE_FORMAT, why, raw]");

        tables(Mode.MIRROR, false).addRejected(1, List.of(row, withoutKeys));
        assertThat(session.calls())
                .endsWith(
                        "REJECTED [1, 3, n, VALUE_FORMAT, why, raw, 7]",
                        "REJECTED [1, 4, null, CSV_QUOTE, why, raw, null]");
    }

    @Test
    void aReplayNamesTheDeadLettersThatItIsMadeOf() {
        ObjectVersion object = new ObjectVersion("b", "k", "e", 1, Instant.EPOCH);

        tables(Mode.UPSERT, false).addReplayed(1, 3, new DeadLetterGroup(object, "l0", 5, Outcome.LOADED, "id", 2));

        assertThat(session.steps()).containsSubsequence("begin", "REPLAYED");
        assertThat(session.calls()).endsWith("REPLAYED [1, 3, l0, 5]");
    }

    @Test
    void whatASnapshotLacksHasATableOfItsOwnOnceItIsAsked() {
        tables(Mode.MIRROR, false).addUnseen(writer -> {
            writer.field(1);
            writer.endRow();
        });

        assertThat(session.steps()).containsSubsequence("begin", "UNSEEN");
    }

    @Test
    void repairedValuesHaveATableOfTheirOwnOnceThereAreSome() {
        StagingTables tables = tables(Mode.UPSERT, false);
        tables.addRepaired(1, List.of());
        assertThat(session.steps()).isEmpty();

        tables.addRepaired(1, List.of(new RepairedValue(3, "n", OnInvalid.ROUND, "1.005")));
        tables.addRepaired(2, List.of(new RepairedValue(2, "n", OnInvalid.NULL, "x")));

        assertThat(session.steps()).containsOnlyOnce("begin");
        assertThat(session.calls()).endsWith("REPAIRED [1, 3, n, round, 1.005]", "REPAIRED [2, 2, n, null, x]");
    }

    private StagingTables tables(Mode mode, boolean keepsRaw) {
        return new StagingTables(
                session::asLoadSession,
                (open, plan) -> new NotedStaging(session.calls()),
                () -> plan(mode, keepsRaw),
                keepsRaw);
    }

    private static MergePlan plan(Mode mode, boolean keepsRaw) {
        return new MergePlan(
                "l1",
                TableName.parse("public.t"),
                List.of(ID),
                List.of(ID),
                List.of(),
                TestingFeed.policy(mode, Duplicates.LAST),
                null,
                null,
                false,
                Provenance.NONE,
                Instant.EPOCH,
                keepsRaw);
    }
}
