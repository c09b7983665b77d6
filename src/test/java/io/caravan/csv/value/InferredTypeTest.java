package io.caravan.csv.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InferredTypeTest {

    static Stream<Arguments> cases() {
        return Stream.of(
                of("BOOLEAN", "true", "FALSE", " True "),
                of("VARCHAR(16)", "true", "no"),
                of("VARCHAR(16)", "y", "n"),
                of("VARCHAR(16)", "t"),
                of("INTEGER", "0", "1"),
                of("INTEGER", "-2147483648", "2147483647", " 7\t"),
                of("INTEGER", "1", "", "  "),
                of("INTEGER", "-0"),
                of("BIGINT", "2147483648", "1"),
                of("BIGINT", "-9223372036854775808"),
                of("DECIMAL(38,0)", "9223372036854775808"),
                of("DECIMAL(38,0)", "12345678901234567890123456789012345678"),
                of("VARCHAR(128)", "123456789012345678901234567890123456789"),
                of("DECIMAL(18,4)", "1.50", "20"),
                of("DECIMAL(18,3)", ".5", "-0.5"),
                of("DECIMAL(18,0)", "5."),
                of("DECIMAL(18,4)", "1234567890.12"),
                of("DECIMAL(38,4)", "12345678901.12"),
                of("DECIMAL(38,16)", "-77.59249999999999"),
                of("DECIMAL(38,36)", "12.123456789012345678901234567890123456"),
                of("DECIMAL(38,37)", "0.1234567890123456789012345678901234567"),
                of("VARCHAR(128)", "0.12345678901234567890123456789012345678"),
                of("VARCHAR(64)", "1234567890123456789012", "0.12345678901234567"),
                of("DOUBLE PRECISION", "1e3", "2.5", "7"),
                of("DOUBLE PRECISION", "1.2345678901234568E-05"),
                of("DOUBLE PRECISION", "9.007199254740992e15", "1.7976931348623157E308", "0.1e1"),
                of("VARCHAR(64)", "1.2345678901234567E-05"),
                of("VARCHAR(64)", "9.007199254740993e15"),
                of("VARCHAR(64)", "1.2345678901234568E-05", "0.1000000000000000001e1"),
                of("VARCHAR(64)", "1e3", "12345678901234567890"),
                of("VARCHAR(16)", "1e400"),
                of("VARCHAR(16)", "NaN"),
                of("VARCHAR(16)", "1,5"),
                of("VARCHAR(16)", "01067", "99084"),
                of("VARCHAR(16)", "00"),
                of("VARCHAR(16)", "-01.5"),
                of("VARCHAR(32)", "+4935112345"),
                of("VARCHAR(16)", "0x1F"),
                of("VARCHAR(16)", "1d"),
                of("DATE", "2026-02-28", "", " 2024-02-29"),
                of("VARCHAR(32)", "2026-02-29"),
                of("VARCHAR(32)", "28.02.2026"),
                of("INTEGER", "20260228"),
                of("TIMESTAMP", "2026-02-28", "2026-02-28T12:30"),
                of("TIMESTAMP", "2026-02-28 12:30:01.123456"),
                of("TIMESTAMPTZ", "2026-02-28T12:30Z", "2026-02-28"),
                of("TIMESTAMPTZ", "2026-02-28 12:30:00 +0530"),
                of("VARCHAR(64)", "2026-02-28 12:30:01.1234567"),
                of("VARCHAR(32)", "2026-02-28", "1"),
                of("VARCHAR(256)"),
                of("VARCHAR(256)", "", "   "),
                of("VARCHAR(1024)", " ".repeat(300)),
                of("VARCHAR(16)", "a"),
                of("VARCHAR(16)", "12345678", "abcdefgh"),
                of("VARCHAR(32)", "abcdefghi"),
                of("VARCHAR(32)", "ä".repeat(5)),
                of("VARCHAR(32768)", "x".repeat(16_384)),
                of("VARCHAR(65535)", "x".repeat(16_385)),
                of("VARCHAR(65535)", "x".repeat(100_000)));
    }

    private static Arguments of(String type, String... values) {
        return Arguments.of(type, List.of(values));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theNarrowestTypeThatHoldsAllValues(String type, List<String> values) {
        InferredType inferred = new InferredType();
        values.forEach(inferred::add);

        assertThat(inferred.type().sql()).isEqualTo(type);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOrderOfTheValuesMakesNoDifference(String type, List<String> values) {
        InferredType inferred = new InferredType();
        for (int i = values.size() - 1; i >= 0; i--) {
            inferred.add(values.get(i));
        }

        assertThat(inferred.type().sql()).isEqualTo(type);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valuesOfSeveralObjectsCountLikeThoseOfOne(String type, List<String> values) {
        InferredType all = new InferredType();
        for (String value : values) {
            InferredType one = new InferredType();
            one.add(value);
            all.add(one);
        }

        assertThat(all.type().sql()).isEqualTo(type);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theTypeTakesTheValues(String type, List<String> values) throws RefusedValueException {
        InferredType inferred = new InferredType();
        values.forEach(inferred::add);

        ValueRule rule = ValueRule.of(inferred.type());
        for (String value : values) {
            if (!Blanks.isBlank(value) && value.length() <= 65_535) {
                assertThat(rule.canonical(value)).isNotEmpty();
            }
        }
    }
}
