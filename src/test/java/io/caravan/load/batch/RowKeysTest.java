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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RowKeysTest {

    private static final Column ID = new Column("id", ColumnType.of(Kind.INTEGER), false, false);
    private static final Column NAME = new Column("name", ColumnType.varchar(10), false, false);
    private static final RowKeys KEYS = new RowKeys(List.of(ID, NAME), List.of(ID, NAME));

    @ParameterizedTest
    @CsvSource({
        "1, a, 2, a, true",
        "9, a, 10, a, true",
        "2, a, 1, b, false",
        "1, a, 1, b, true",
        "1, a, 1, a, false",
        "1, b, 1, a, false",
        "1, b, 1, aa, true",
        // Equal to Redshift, at least if the column says so.
        "1, a, 1, 'a ', false",
        "1, a, 1, A, false",
        "1, A, 1, b, true",
        // What is not ASCII may be equal though it looks different.
        "1, a, 1, é, false",
        "1, é, 1, É, false",
        "1, az, 1, bé, false",
    })
    void onlyKeysThatCertainlyDifferAscend(
            String firstId, String firstName, String secondId, String secondName, boolean follows) {
        assertThat(KEYS.follows(row(1, firstId, firstName), row(2, secondId, secondName)))
                .isEqualTo(follows);
    }

    @ParameterizedTest
    @EnumSource(
            value = Duplicates.class,
            names = {"FIRST", "LAST"})
    void uniqueRowsAreThoseOfAMap(Duplicates winner) {
        long seed = new Random().nextLong();
        System.out.println("uniqueRowsAreThoseOfAMap, seed " + seed);
        Random random = new Random(seed);
        for (int batch = 0; batch < 50; batch++) {
            UniqueRows unique = new UniqueRows(KEYS, winner);
            Map<String, Row> model = new LinkedHashMap<>();
            List<Row> rows = randomRows(random);
            for (Row row : rows) {
                unique.add(row);
                String key = row.values().get(0) + "," + row.values().get(1).stripTrailing();
                if (winner == Duplicates.LAST) {
                    model.remove(key);
                }
                model.putIfAbsent(key, row);
            }
            assertThat(unique.list()).containsExactlyElementsOf(model.values());
            assertThat(unique.superseded()).isEqualTo(rows.size() - model.size());
        }
    }

    /** Ascending for a while, as objects mostly are, and then not. */
    private static List<Row> randomRows(Random random) {
        List<Row> rows = new ArrayList<>();
        int ascending = random.nextInt(2000);
        for (int i = 0; i < ascending; i++) {
            rows.add(row(i, String.valueOf(i), "x"));
        }
        int others = random.nextInt(3000);
        for (int i = 0; i < others; i++) {
            rows.add(row(
                    ascending + i,
                    String.valueOf(random.nextInt(1500)),
                    List.of("x", "y", "x ").get(random.nextInt(3))));
        }
        return rows;
    }

    @Test
    void keysOfAllRowsMustAscend() {
        AscendingKeys keys = new AscendingKeys(KEYS);

        assertThat(keys.add(row(1, "1", "a"))).isTrue();
        assertThat(keys.add(row(2, "2", "a"))).isTrue();
        assertThat(keys.ascend()).isTrue();
        assertThat(keys.add(row(3, "1", "b"))).isFalse();
        assertThat(keys.add(row(4, "3", "a"))).isFalse();
        assertThat(keys.ascend()).isFalse();
    }

    private static Row row(long line, String... values) {
        return new Row(line, List.of(values));
    }
}
