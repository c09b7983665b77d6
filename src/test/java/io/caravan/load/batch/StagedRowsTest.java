package io.caravan.load.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.feed.MergePlan;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.Provenance;
import io.caravan.model.row.Row;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where no two staged rows can share their keys, the warehouse need not look for such rows. */
class StagedRowsTest {

    private static final Column ID = new Column("id", ColumnType.of(Kind.INTEGER), false, false);
    private static final Column NAME = new Column("name", ColumnType.varchar(20), true, false);

    private final StagedRows staged = new StagedRows(List.of(ID, NAME), plan());

    @Test
    void rowsWhoseKeysAscendRepeatNone() {
        staged.add(rows("1", "2"));
        staged.add(rows("3", "10"));

        assertThat(staged.mayRepeatKeys(false)).isFalse();
    }

    @Test
    void rowsOfOneBatchAreComparedInMemory() {
        staged.add(rows("2", "1"));

        assertThat(staged.mayRepeatKeys(true)).isFalse();
        assertThat(staged.mayRepeatKeys(false)).isTrue();
    }

    @Test
    void rowsOfTwoBatchesMayRepeatKeys() {
        staged.add(rows("1", "2"));
        staged.add(rows("2"));

        assertThat(staged.mayRepeatKeys(true)).isTrue();
    }

    @Test
    void anObjectThatTheWarehouseReadRepeatsNoneUnlessThereIsMore() {
        staged.addDirect();
        assertThat(staged.mayRepeatKeys(true)).isFalse();

        staged.add(rows("1"));
        assertThat(staged.mayRepeatKeys(true)).isTrue();
    }

    @Test
    void withoutRowsThereIsNothingToRepeat() {
        assertThat(staged.mayRepeatKeys(false)).isFalse();
    }

    private static List<Row> rows(String... ids) {
        return Arrays.stream(ids).map(id -> new Row(1, Arrays.asList(id, null))).toList();
    }

    private static MergePlan plan() {
        return new MergePlan(
                "l1",
                TableName.parse("public.t"),
                List.of(ID, NAME),
                List.of(ID),
                List.of(),
                MergePolicy.DEFAULT,
                null,
                null,
                false,
                Provenance.NONE,
                Instant.EPOCH,
                false);
    }
}
