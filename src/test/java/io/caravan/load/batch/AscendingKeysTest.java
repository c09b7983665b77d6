package io.caravan.load.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.row.Row;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class AscendingKeysTest {

    private static final Column ID = new Column("id", ColumnType.of(Kind.INTEGER), false, false);

    private final AscendingKeys keys = new AscendingKeys(new RowKeys(List.of(ID), List.of(ID)));

    @Test
    void keysAscendUntilOneDoesNotAndNeverAgain() {
        assertThat(keys.ascend()).as("without a row").isTrue();
        assertThat(keys.add(row(9))).isTrue();
        assertThat(keys.add(row(10))).isTrue();
        assertThat(keys.ascend()).isTrue();
        assertThat(keys.add(row(10))).isFalse();
        assertThat(keys.add(row(11))).isFalse();
        assertThat(keys.ascend()).isFalse();
    }

    @Test
    void eachRowIsComparedWithTheOneBeforeIt() {
        keys.add(row(1));
        keys.add(row(5));

        assertThat(keys.add(row(3))).isFalse();
    }

    private static Row row(int id) {
        return new Row(1, List.of(Integer.toString(id)));
    }
}
