package io.caravan.load.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.row.Row;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UniqueRowsTest {

    private static final Column ID = new Column("id", ColumnType.of(Kind.INTEGER), false, false);

    /** Of random keys, in any order: as a map has it, to which each row is put. */
    @ParameterizedTest
    @EnumSource(names = {"FIRST", "LAST"})
    void oneRowOfEachKeyStaysAtItsPlace(Duplicates winner) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int keys = 1 + random.nextInt(round < 190 ? 50 : 5_000);
            List<Row> rows = new ArrayList<>();
            for (int line = 0; line < 2 * keys; line++) {
                rows.add(row(line, random.nextInt(keys)));
            }
            UniqueRows unique = new UniqueRows(new RowKeys(List.of(ID), List.of(ID)), winner);
            rows.forEach(unique::add);

            List<Row> expected = expected(rows, winner);
            assertThat(unique.superseded()).as("seed " + seed).isEqualTo(rows.size() - expected.size());
            assertThat(unique.list()).as("seed " + seed).isEqualTo(expected);
        }
    }

    private static List<Row> expected(List<Row> rows, Duplicates winner) {
        Map<String, Row> expected = new LinkedHashMap<>();
        for (Row row : rows) {
            String key = row.values().get(0) + "";
            if (winner == Duplicates.LAST) {
                expected.remove(key);
                expected.put(key, row);
            } else {
                expected.putIfAbsent(key, row);
            }
        }
        return List.copyOf(expected.values());
    }

    @Test
    void keysThatAscendUntilTheLastAreComparedThen() {
        UniqueRows unique = new UniqueRows(new RowKeys(List.of(ID), List.of(ID)), Duplicates.LAST);
        for (int key = 1_000; key < 9_000; key++) {
            unique.add(row(key, key));
        }
        unique.add(row(1, 8_999));
        unique.add(row(2, 1_000));

        assertThat(unique.superseded()).isEqualTo(2);
        assertThat(unique.list()).hasSize(8_000).startsWith(row(1_001, 1_001)).endsWith(row(1, 8_999), row(2, 1_000));
    }

    @Test
    void withoutKeysEveryRowStays() {
        UniqueRows unique = new UniqueRows(new RowKeys(List.of(ID), List.of()), Duplicates.LAST);
        unique.add(row(2, 7));
        unique.add(row(1, 7));

        assertThat(unique.list()).hasSize(2);
        assertThat(unique.superseded()).isZero();
    }

    private static Row row(long line, int id) {
        return new Row(line, List.of(Integer.toString(id)));
    }
}
