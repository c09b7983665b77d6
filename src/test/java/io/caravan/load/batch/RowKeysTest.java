package io.caravan.load.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.row.Row;
import io.caravan.model.row.ValuePacker;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        "1, A, 1, a, false",
        "1, Z, 1, a, false",
        "1, '@', 1, '`', true",
        "1, '[', 1, '{', true",
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

    /** In the text of equal length that a number has, packed or not. */
    @ParameterizedTest
    @CsvSource({"9, 10, true", "10, 9, false", "12, 13, true", "13, 12, false", "7, 7, false"})
    void packedRowsAscendAsOthersDo(String first, String second, boolean follows) {
        RowKeys keys = new RowKeys(List.of(NAME, ID), List.of(ID));

        assertThat(keys.follows(packed("x", first), packed("y", second))).isEqualTo(follows);
        assertThat(keys.follows(packed("x", first), row(2, "y", second))).isEqualTo(follows);
        assertThat(keys.areEqual(packed("x", first), row(2, "y", second))).isEqualTo(first.equals(second));
    }

    /** Text whose hash is the same by chance is told apart, in any of the keys. */
    @Test
    void rowsOfOneHashNeedNotBeEqual() {
        assertThat(KEYS.hash(row(1, "1", "Aa"))).isEqualTo(KEYS.hash(row(2, "1", "BB")));
        assertThat(KEYS.areEqual(row(1, "1", "Aa"), row(2, "1", "BB"))).isFalse();
        assertThat(KEYS.areEqual(row(1, "1", "Aa"), row(2, "2", "Aa"))).isFalse();
        assertThat(KEYS.areEqual(row(1, "1", "Aa  "), row(2, "1", "Aa"))).isTrue();
    }

    @Test
    void onlyBlanksAtTheEndOfTextDoNotCount() {
        RowKeys ids = new RowKeys(List.of(ID), List.of(ID));

        assertThat(ids.areEqual(row(1, "1 "), row(2, "1"))).isFalse();
        assertThat(RowKeys.lengthWithoutBlanks("")).isZero();
        assertThat(RowKeys.lengthWithoutBlanks("  ")).isZero();
        assertThat(RowKeys.lengthWithoutBlanks(" a\t ")).isEqualTo(3);
    }

    private static Row packed(String... values) {
        ValuePacker packer = new ValuePacker(values.length);
        packer.clear();
        for (int i = 0; i < values.length; i++) {
            packer.put(i, values[i]);
        }
        return new Row(1, packer.pack());
    }

    private static Row row(long line, String... values) {
        return new Row(line, List.of(values));
    }
}
