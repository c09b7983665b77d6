package io.caravan.aws.staging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.model.row.ValuePacker;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvEncoderTest {

    private static final String NULL = "@NULL@";

    static List<Arguments> fields() {
        return List.of(
                Arguments.of("plain", "plain"),
                Arguments.of("", "\"\""),
                Arguments.of(null, "@NULL@"),
                Arguments.of("NULL", "NULL"),
                Arguments.of("@null@", "@null@"),
                Arguments.of("\\N", "\\N"),
                Arguments.of("two words", "two words"),
                Arguments.of("a,b", "\"a,b\""),
                Arguments.of(",", "\",\""),
                Arguments.of("say \"hi\"", "\"say \"\"hi\"\"\""),
                Arguments.of("\"", "\"\"\"\""),
                Arguments.of("a\nb", "\"a\nb\""),
                Arguments.of("a\rb", "\"a\rb\""),
                Arguments.of("a\r\nb", "\"a\r\nb\""),
                Arguments.of(" leading", "\" leading\""),
                Arguments.of("trailing ", "\"trailing \""),
                Arguments.of(" ", "\" \""),
                Arguments.of("\ttab", "\"\ttab\""),
                Arguments.of("tab\tinside", "tab\tinside"),
                Arguments.of("it's", "it's"),
                Arguments.of("back\\slash", "back\\slash"),
                Arguments.of("a;b|c", "a;b|c"),
                Arguments.of("ıİşğ", "ıİşğ"),
                Arguments.of("naïve, café", "\"naïve, café\""),
                Arguments.of("\u0080\u07ff\u0800\uffff", "\u0080\u07ff\u0800\uffff"),
                Arguments.of("東京 \"都\"", "\"東京 \"\"都\"\"\""),
                Arguments.of("𝄞🚚", "𝄞🚚"),
                Arguments.of("\u00a0nbsp\u00a0", "\u00a0nbsp\u00a0"),
                Arguments.of("\ufeffbom", "\ufeffbom"));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aFieldIsQuotedOnlyIfItMustBe(@Nullable String value, String expected) {
        assertThat(rows(Arrays.asList(value, "x"))).isEqualTo(expected + ",x\n");
        assertThat(rows(Arrays.asList("x", value))).isEqualTo("x," + expected + "\n");
        assertThat(rows(Arrays.asList(value, value))).isEqualTo(expected + "," + expected + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, -1, 9, 10, 99, 100, -100, 1234567890L, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MIN_VALUE})
    void numbersAreWrittenInFull(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CsvEncoder encoder = new CsvEncoder(out, NULL);
        encoder.field(value);
        encoder.field("x");
        encoder.field(value);
        encoder.endRow();
        encoder.flush();

        assertThat(out.toString(UTF_8)).isEqualTo(value + ",x," + value + "\n");
    }

    @Test
    void everyRowEndsInALineFeed() {
        assertThat(rows(List.of("1", "Ada"), Arrays.asList("2", null), List.of("")))
                .isEqualTo("""
                1,Ada
                2,@NULL@
                ""
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 32_767, 32_768, 32_769, 65_535, 65_536, 65_537, 200_001})
    void lengthsAroundTheBufferMakeNoDifference(int length) {
        for (String letter : List.of("x", "é", "東", "🚚", "\"", "x,")) {
            String value = letter.repeat(length);
            String expected =
                    letter.contains("\"") || letter.contains(",") ? '"' + value.replace("\"", "\"\"") + '"' : value;

            String rows = rows(List.of("a", value, "b"), List.of(value), List.of("c"));

            assertThat(rows.equals("a," + expected + ",b\n" + expected + "\nc\n"))
                    .as("%s, %d times", letter, length)
                    .isTrue();
        }
    }

    @Test
    void aValueThatWouldBeReadAsNullIsRefused() {
        CsvEncoder encoder = new CsvEncoder(new ByteArrayOutputStream(), NULL);

        assertThatThrownBy(() -> encoder.field(NULL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a value equals the mark for NULL, @NULL@");
        assertThatThrownBy(encoder::endRow).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPackedValueThatWouldBeReadAsNullIsRefused() {
        CsvEncoder encoder = new CsvEncoder(new ByteArrayOutputStream(), NULL);

        assertThatThrownBy(() -> encoder.fields(packed(List.of("a", NULL))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a value equals the mark for NULL, @NULL@");
        assertThatThrownBy(encoder::endRow).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud834", "a\udd1e", "\udd1e\ud834", "\ud834x"})
    void halfASurrogatePairIsRefusedAndNotReplaced(String value) {
        CsvEncoder encoder = new CsvEncoder(new ByteArrayOutputStream(), NULL);

        assertThatThrownBy(() -> encoder.field(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a value holds half a surrogate pair");
    }

    @Test
    void aRowWithoutFieldsIsRefused() {
        CsvEncoder encoder = new CsvEncoder(new ByteArrayOutputStream(), NULL);

        assertThatThrownBy(encoder::endRow).isInstanceOf(IllegalStateException.class);
    }

    /** Returns what is written of the rows, whether their values are packed or not. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    private static String rows(List<@Nullable String>... rows) {
        List<List<@Nullable String>> all = Arrays.asList(rows);
        String written = written(all);
        assertThat(written(all.stream().map(CsvEncoderTest::packed).toList()).equals(written))
                .as("packed values are written alike")
                .isTrue();
        return written;
    }

    private static List<@Nullable String> packed(List<@Nullable String> values) {
        ValuePacker packer = new ValuePacker(values.size());
        for (int i = 0; i < values.size(); i++) {
            packer.put(i, values.get(i));
        }
        return packer.pack();
    }

    private static String written(List<List<@Nullable String>> rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CsvEncoder encoder = new CsvEncoder(out, NULL);
        for (List<@Nullable String> row : rows) {
            encoder.fields(row);
            encoder.endRow();
        }
        encoder.flush();
        return out.toString(UTF_8);
    }
}
