package io.caravan.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.csv.Repair;
import io.caravan.model.feed.ColumnPolicy.OnInvalid;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepairedRowsTest {

    @Test
    void repairsAreToldByColumn() {
        assertThat(RepairedRows.describe(List.of(
                        new Repair("name", OnInvalid.TRUNCATE, 3),
                        new Repair("price", OnInvalid.ROUND, 2),
                        new Repair("born", OnInvalid.NULL, 1))))
                .isEqualTo("name truncated in 3 rows, price rounded in 2 rows, born set to NULL in 1 row");
    }
}
