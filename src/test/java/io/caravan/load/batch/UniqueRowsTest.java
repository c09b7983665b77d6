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
    private static final Column NAME = new Column("name", ColumnType.varchar(10), false, false);
    private static final List<Column> COLUMNS = List.of(ID, NAME);
    private static final RowKeys KEYS = new RowKeys(COLUMNS, COLUMNS);

    @ParameterizedTest
    @EnumSource(
            value = Duplicates.class,
            names = {"FIRST", "LAST"})
    void theRowsAreThoseOfAMap(Duplicates winner) {
        long seed = new Random().nextLong();
        System.out.println("theRowsAreThoseOfAMap, seed " + seed);
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
            rows.add(row(i, i, "x"));
        }
        int others = random.nextInt(3000);
        for (int i = 0; i < others; i++) {
            rows.add(row(
                    ascending + i, random.nextInt(1500), List.of("x", "y", "x ").get(random.nextInt(3))));
        }
        return rows;
    }

    @Test
    void keysThatAscendUntilTheLastAreComparedThen() {
        UniqueRows unique = new UniqueRows(new RowKeys(COLUMNS, List.of(ID)), Duplicates.LAST);
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
        UniqueRows unique = new UniqueRows(new RowKeys(COLUMNS, List.of()), Duplicates.LAST);
        unique.add(row(2, 7));
        unique.add(row(1, 7));

        assertThat(unique.list()).hasSize(2);
        assertThat(unique.superseded()).isZero();
    }

    @Test
    void rowsOfOneHashAreToldApart() {
        UniqueRows unique = new UniqueRows(KEYS, Duplicates.LAST);
        unique.add(row(1, 2, "BB"));
        unique.add(row(2, 1, "Aa"));
        unique.add(row(3, 1, "BB"));
        unique.add(row(4, 1, "Aa"));

        assertThat(unique.list()).containsExactly(row(1, 2, "BB"), row(3, 1, "BB"), row(4, 1, "Aa"));
    }

    private static Row row(long line, int id) {
        return row(line, id, "x");
    }

    private static Row row(long line, int id, String name) {
        return new Row(line, List.of(Integer.toString(id), name));
    }
}
