package io.caravan.load.remember;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.row.ValuePacker;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowHasherTest {

    private static final Column ID = new Column("id", ColumnType.of(Kind.BIGINT), false, false);
    private static final Column CODE = new Column("code", ColumnType.varchar(10), false, false);
    private static final Column NAME = new Column("name", ColumnType.varchar(100), true, false);

    private final RowHasher hasher = new RowHasher(List.of(ID, CODE, NAME), List.of(CODE, ID));

    @Test
    void theKeysAreWrittenAsTheWarehouseCan() throws Exception {
        byte[] sha = MessageDigest.getInstance("SHA-256").digest("4:ä x2:17".getBytes(UTF_8));

        assertThat(hash("17", "ä x", "n").key()).isEqualTo(HexFormat.of().formatHex(sha, 0, 16));
    }

    @Test
    void blanksAtTheEndOfAKeySayNothingAndThoseOfAValueDo() {
        assertThat(hash("1", "a ", "b")).isEqualTo(hash("1", "a", "b"));
        assertThat(hash("1", "a", "b ")).isNotEqualTo(hash("1", "a", "b"));
        assertThat(hash("1", "a", "b ")).isNotEqualTo(hash("1", "a", "b  "));
        assertThat(hash("1", "a", " ")).isNotEqualTo(hash("1", "a", ""));
        assertThat(hash("1", "a", "b ").key()).isEqualTo(hash("1", "a", "b").key());
    }

    @Test
    void blanksAtTheEndOfACharSayNothing() {
        Column code = new Column("code", ColumnType.character(10), true, false);
        RowHasher ofChar = new RowHasher(List.of(ID, code), List.of(ID));

        assertThat(ofChar.hash(List.of("1", "b  "))).isEqualTo(ofChar.hash(List.of("1", "b")));
        assertThat(ofChar.hash(List.of("1", " b"))).isNotEqualTo(ofChar.hash(List.of("1", "b")));
    }

    @Test
    void nullIsNotEmpty() {
        assertThat(hash("1", "a", null)).isNotEqualTo(hash("1", "a", ""));
    }

    @Test
    void valuesDoNotRunIntoEachOther() {
        assertThat(hash("1", "a", "2:bc")).isNotEqualTo(hash("1", "a2:b", "c"));
        assertThat(hash("12", "3", "x").key()).isNotEqualTo(hash("1", "23", "x").key());
    }

    @Test
    void onlyKeysMakeTheHashOfTheKey() {
        RowHash one = hash("1", "a", "x");
        RowHash other = hash("1", "a", "y");

        assertThat(one.key()).isEqualTo(other.key());
        assertThat(one).isNotEqualTo(other);
        assertThat(hasher.hashOfKeys(List.of("a ", "1")).key()).isEqualTo(one.key());
    }

    @Test
    void longAndStrangeTextsAreHashedWhole() {
        String text = "x".repeat(5_000) + "\u20ac\ud83d\ude00" + "y".repeat(5_000);

        assertThat(hash("1", "a", text)).isNotEqualTo(hash("1", "a", text.substring(0, text.length() - 1)));
        assertThat(hash("1", "a", text)).isNotEqualTo(hash("1", "a", text + " "));
    }

    /** Returns the hash of the values, whether they are packed or not. */
    private RowHash hash(@Nullable String... values) {
        RowHash hash = hasher.hash(Arrays.asList(values));
        ValuePacker packer = new ValuePacker(values.length);
        for (int i = 0; i < values.length; i++) {
            packer.put(i, values[i]);
        }
        assertThat(hasher.hash(packer.pack())).isEqualTo(hash);
        return hash;
    }
}
