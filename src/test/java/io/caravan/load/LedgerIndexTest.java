package io.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.Column;
import io.caravan.model.ColumnType;
import io.caravan.model.Outcome;
import io.caravan.model.TableName;
import io.caravan.model.TargetTable;
import io.caravan.testing.TestingWarehouse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerIndexTest {

    private static final TableName TARGET = TableName.parse("public.employee");

    private final TestingWarehouse warehouse = new TestingWarehouse(
            new TargetTable(TARGET, List.of(new Column("id", ColumnType.of(ColumnType.Kind.BIGINT), false, false))));
    private final LedgerIndex index = new LedgerIndex(warehouse, TARGET);

    @BeforeEach
    void loadedOnce() {
        warehouse.addToLedger("b", "k", "v1", Outcome.LOADED);
        index.refresh();
    }

    @Test
    void aVersionThatWasDealtWithIsNotNew() {
        assertThat(index.contains("b", "k", "v1")).isTrue();
        assertThat(index.contains("b", "k", "v2")).isFalse();
        assertThat(index.isTriedAgain("b", "k")).isFalse();
    }

    @Test
    void aVersionThatFailedOrIsWantedAgainIsNewOnceMore() {
        for (Outcome outcome : List.of(Outcome.FAILED, Outcome.REARMED)) {
            warehouse.addToLedger("b", "k", "v1", outcome);
            index.refresh();

            assertThat(index.contains("b", "k", "v1")).as(outcome.text()).isFalse();
            assertThat(index.isTriedAgain("b", "k")).as(outcome.text()).isTrue();
        }
    }

    @Test
    void whatWasTriedAgainIsDoneWhenItLoadedOrIsSkipped() {
        for (Outcome outcome : List.of(Outcome.LOADED, Outcome.REJECTED, Outcome.SKIPPED)) {
            warehouse.addToLedger("b", "k", "v1", Outcome.REARMED);
            warehouse.addToLedger("b", "k", "v1", outcome);
            index.refresh();

            assertThat(index.contains("b", "k", "v1")).as(outcome.text()).isTrue();
            assertThat(index.isTriedAgain("b", "k")).as(outcome.text()).isFalse();
        }
    }
}
