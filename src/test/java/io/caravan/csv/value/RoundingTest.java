package io.caravan.csv.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.base.ErrorCode;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundingTest {

    private static final long SEED = Long.getLong("caravan.seed", 20260101);

    @ParameterizedTest
    @CsvSource({
        "19.990000000000002,          19.99,  19.99",
        "0.30000000000000004,         0.30,   0.30",
        "1.005,                       1.01,   1.00",
        "-1.005,                      -1.01,  -1.00",
        "1.00499999,                  1.00,   1.00",
        "9.999,                       10.00,  9.99",
        "-0.004,                      0.00,   0.00",
        "-0.005,                      -0.01,  0.00",
        "0.005,                       0.01,   0.00",
        "5e-3,                        0.01,   0.00",
        "1e-400,                      0.00,   0.00",
        "1e-2147483648,               0.00,   0.00",
        "99e-3,                       0.10,   0.09",
        "0.995,                       1.00,   0.99",
        "1.5,                         1.50,   1.50",
    })
    void decimalsAreRoundedHalfAwayFromZeroOrCut(String value, String rounded, String cut)
            throws RefusedValueException {
        ValueRule rule = ValueRule.of(ColumnType.decimal(6, 2));

        assertThat(rule.rounded(value, RoundingMode.HALF_UP)).isEqualTo(rounded);
        assertThat(rule.rounded(value, RoundingMode.DOWN)).isEqualTo(cut);
    }

    @Test
    void theyAreRoundedAsBigDecimalDoes() throws RefusedValueException {
        Random random = new Random(SEED);
        ValueRule rule = ValueRule.of(ColumnType.decimal(20, 3));
        for (int i = 0; i < 20_000; i++) {
            BigDecimal number = BigDecimal.valueOf(random.nextLong() >> random.nextInt(63), random.nextInt(12));
            String text = random.nextBoolean() ? number.toString() : number.toPlainString();
            for (RoundingMode mode : new RoundingMode[] {RoundingMode.HALF_UP, RoundingMode.DOWN}) {
                BigDecimal expected = number.setScale(3, mode);
                if (expected.precision() - 3 <= 17) {
                    assertThat(rule.rounded(text, mode))
                            .as("%s, seed %d", text, SEED)
                            .isEqualTo(expected.toPlainString());
                }
            }
        }
    }

    @Test
    void wholeNumbersAreRoundedToo() throws RefusedValueException {
        ValueRule rule = ValueRule.of(ColumnType.of(Kind.SMALLINT));

        assertThat(rule.rounded("10.50", RoundingMode.HALF_UP)).isEqualTo("11");
        assertThat(rule.rounded("10.50", RoundingMode.DOWN)).isEqualTo("10");
        assertThat(rule.rounded("-0.4", RoundingMode.HALF_UP)).isEqualTo("0");
        assertThat(rule.rounded("32767.4", RoundingMode.HALF_UP)).isEqualTo("32767");
        assertRefused(rule, ErrorCode.VALUE_OUT_OF_RANGE, "32767.5", "1E400", "123456");
        assertRefused(rule, ErrorCode.VALUE_FORMAT, "x", "", "1,5", "1.2.3");
    }

    @Test
    void whatIsTooLargeOrNoneStaysRefused() {
        ValueRule rule = ValueRule.of(ColumnType.decimal(4, 2));

        assertRefused(rule, ErrorCode.VALUE_OUT_OF_RANGE, "99.999", "100.001", "1e400");
        assertRefused(rule, ErrorCode.VALUE_FORMAT, "abc", "1.2.3", "NaN");
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-05 10:20:30.1234567,          2024-01-05 10:20:30.123457, 2024-01-05 10:20:30.123456",
        "2024-01-05T10:20:30.1234564999999,    2024-01-05 10:20:30.123456, 2024-01-05 10:20:30.123456",
        "2024-01-05 10:20:30.000000501,        2024-01-05 10:20:30.000001, 2024-01-05 10:20:30",
        "2023-12-31 23:59:59.9999999,          2024-01-01 00:00:00,        2023-12-31 23:59:59.999999",
        "2024-01-05 10:20:30.12,               2024-01-05 10:20:30.12,     2024-01-05 10:20:30.12",
        "2024-01-05,                           2024-01-05 00:00:00,        2024-01-05 00:00:00",
    })
    void timesAreRoundedToTheMicrosecondOrCut(String value, String rounded, String cut) throws RefusedValueException {
        ValueRule local = ValueRule.of(ColumnType.of(Kind.TIMESTAMP));
        ValueRule zoned = ValueRule.of(ColumnType.of(Kind.TIMESTAMPTZ));

        assertThat(local.rounded(value, RoundingMode.HALF_UP)).isEqualTo(rounded);
        assertThat(local.rounded(value, RoundingMode.DOWN)).isEqualTo(cut);
        String offset = value.indexOf(':') < 0 ? "" : " UTC";
        assertThat(zoned.rounded(value + offset, RoundingMode.HALF_UP)).isEqualTo(rounded + "+00");
        assertThat(zoned.rounded(value + offset, RoundingMode.DOWN)).isEqualTo(cut + "+00");
    }

    @Test
    void noTimeIsRoundedBeyondTheLastYear() {
        ValueRule rule = ValueRule.of(ColumnType.of(Kind.TIMESTAMP));

        assertRefused(rule, ErrorCode.VALUE_OUT_OF_RANGE, "9999-12-31 23:59:59.9999999", "2023-02-29 10:00:00.1234567");
        assertRefused(rule, ErrorCode.VALUE_FORMAT, "2024-01-05 10:20:30.1234567Z", "2024-01-05 10:20:30.1234567x");
    }

    @ParameterizedTest
    @CsvSource({
        "yyyy-MM-dd HH:mm:ss.SSSSSSS, 2024-01-05 10:20:30.1234567, 2024-01-05 10:20:30.123457, 2024-01-05 10:20:30.123456",
        "yyyy-MM-dd HH:mm:ss.SSS, 2024-01-05 10:20:30.123456499999, 2024-01-05 10:20:30.123456, 2024-01-05 10:20:30.123456",
        "yyyy-MM-dd HH:mm:ss.SSS, 2024-01-05 10:20:30.1234565000001, 2024-01-05 10:20:30.123457, 2024-01-05 10:20:30.123456",
        "epochsecs, 0.1234567, 1970-01-01 00:00:00.123457, 1970-01-01 00:00:00.123456",
        "epochmillis, -0.0005, 1970-01-01 00:00:00, 1969-12-31 23:59:59.999999",
        "epochsecs, -0.00000051, 1969-12-31 23:59:59.999999, 1969-12-31 23:59:59.999999",
        "epochmicros, 1.5, 1970-01-01 00:00:00.000002, 1970-01-01 00:00:00.000001",
    })
    void soAreThoseInAFormOfTheFeed(String format, String value, String rounded, String cut)
            throws RefusedValueException {
        ValueRule rule = FeedFormat.rule(ColumnType.of(Kind.TIMESTAMP), format);

        assertThat(rule.rounded(value, RoundingMode.HALF_UP)).isEqualTo(rounded);
        assertThat(rule.rounded(value, RoundingMode.DOWN)).isEqualTo(cut);
        assertThat(catchThrowableOfType(RefusedValueException.class, () -> rule.canonical(value))
                        .code())
                .isEqualTo(ErrorCode.VALUE_TOO_PRECISE);
    }

    private static void assertRefused(ValueRule rule, ErrorCode code, String... values) {
        for (String value : values) {
            for (RoundingMode mode : new RoundingMode[] {RoundingMode.HALF_UP, RoundingMode.DOWN}) {
                RefusedValueException refusal =
                        catchThrowableOfType(RefusedValueException.class, () -> rule.rounded(value, mode));
                if (refusal == null && mode == RoundingMode.DOWN) {
                    continue;
                }
                assertThat(refusal.code()).as("%s %s", value, mode).isEqualTo(code);
            }
        }
    }
}
