package io.caravan.model.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedValuesTest {

    private static final long SEED = Long.getLong("caravan.seed", 20260101);

    private static final List<@Nullable String> TEXTS = Arrays.asList(
            null, "", " ", "a", "ab", "7", "a b", "a,b", ",", "\"", "\"\"", "a\"b", "\"a", "a\"", "x\n", "é", "東,\"",
            "🚚", "\t", "@");

    @Test
    void theyAreTheValuesThatWerePutInWhateverOrder() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            List<@Nullable String> values = random(random, 1 + random.nextInt(6));
            ValuePacker packer = new ValuePacker(values.size());
            put(packer, random(random, values.size()), random);
            packer.clear();
            put(packer, values, random);
            PackedValues packed = packer.pack();

            assertThat(packed).as("seed %d", SEED).hasSameSizeAs(values).isEqualTo(values);
            assertThat(new ArrayList<>(packed)).as("seed %d", SEED).isEqualTo(values);
            for (int place = 0; place < values.size(); place++) {
                assertThat(packed.get(place)).as("seed %d", SEED).isEqualTo(values.get(place));
                assertThat(packer.get(place)).as("seed %d", SEED).isEqualTo(values.get(place));
            }
        }
    }

    @Test
    void aRecordOfADataFileIsReadAgain() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            List<@Nullable String> values = random(random, 1 + random.nextInt(6));
            String record = values.stream()
                    .map(value -> value == null ? "" : new String(CsvQuoting.field(value), UTF_8))
                    .collect(Collectors.joining(","));

            assertThat(PackedValues.read(record)).as("seed %d", SEED).isEqualTo(values);
        }
    }

    @Test
    void plainTextIsPackedAsItsStringWouldBe() {
        ValuePacker packer = new ValuePacker(4);
        char[] text = "12345".toCharArray();
        packer.putPlain(3, text, 1, 3, ".00");
        packer.putText(1, text, 0, 5, 5);
        packer.put(0, "a");

        assertThat(packer.pack()).containsExactly("a", "12345", null, "23.00");
    }

    @Test
    void textIsPackedAsItsStringWouldBe() {
        for (String value : TEXTS) {
            if (value == null || value.isEmpty() || value.equals("🚚")) {
                continue;
            }
            int bytes = value.getBytes(UTF_8).length;
            ValuePacker packer = new ValuePacker(1);
            char[] text = ("," + value + "é").toCharArray();

            assertThat(packer.putText(0, text, 1, text.length - 1, bytes - 1))
                    .as(value)
                    .isFalse();
            assertThat(packer.putText(0, text, 1, text.length - 1, bytes))
                    .as(value)
                    .isTrue();
            assertThat(packer.pack()).containsExactly(value);
            assertThat(packer.pack().bytes(0)).as(value).isEqualTo(packed(value).bytes(0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"🚚", "a\ud834", "a\0"})
    void textThatIsNotForItIsLeft(String value) {
        ValuePacker packer = new ValuePacker(1);

        assertThat(packer.putText(0, value.toCharArray(), 0, value.length(), 10))
                .isFalse();
        assertThat(packer.pack()).containsExactly((String) null);
    }

    @Test
    void halfASurrogatePairIsRefusedAndNotReplaced() {
        ValuePacker packer = new ValuePacker(1);

        assertThatThrownBy(() -> packer.put(0, "a\ud834"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a value holds half a surrogate pair");
    }

    @Test
    void thereIsNoValueBeyondTheLast() {
        ValuePacker packer = new ValuePacker(2);
        PackedValues packed = packer.pack();

        assertThatThrownBy(() -> packed.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> packed.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> packed.set(0, "a")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void longerComesAfterShorterAndThenTheBytesDecide() {
        assertThat(packed("x", "9").compareAt(1, packed("yy", "10"))).isNegative();
        assertThat(packed("x", "11").compareAt(1, packed("y", "10"))).isPositive();
        assertThat(packed("x", "10").compareAt(1, packed("y", "10"))).isZero();
        assertThat(packed("x,", "9").compareAt(1, packed("y", "8"))).isPositive();
    }

    private static PackedValues packed(String... values) {
        ValuePacker packer = new ValuePacker(values.length);
        for (int i = 0; i < values.length; i++) {
            packer.put(i, values[i]);
        }
        return packer.pack();
    }

    private static List<@Nullable String> random(Random random, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> TEXTS.get(random.nextInt(TEXTS.size())))
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    }

    private static void put(ValuePacker packer, List<@Nullable String> values, Random random) {
        List<Integer> places =
                new ArrayList<>(IntStream.range(0, values.size()).boxed().toList());
        if (random.nextBoolean()) {
            Collections.shuffle(places, random);
        }
        places.forEach(place -> packer.put(place, values.get(place)));
    }
}
