package io.caravan.csv.value;

import static io.caravan.base.ErrorCode.VALUE_CHARACTER;
import static io.caravan.base.ErrorCode.VALUE_FORMAT;
import static io.caravan.base.ErrorCode.VALUE_OUT_OF_RANGE;
import static io.caravan.base.ErrorCode.VALUE_TOO_LONG;
import static io.caravan.base.ErrorCode.VALUE_TOO_PRECISE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.base.ErrorCode;
import io.caravan.model.row.ValuePacker;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueRuleTest {

    private static final long SEED = Long.getLong("caravan.seed", 20260101);

    @Test
    void wholeNumbersLoseSignsAndZerosThatSayNothing() {
        ColumnType type = ColumnType.of(Kind.INTEGER);

        assertKept(type, "0", "7", "-7", "2147483647", "-2147483648", "1000");
        assertWritten(type, "7", "+7", "007", " 7", "7\t", "\n+0007 ");
        assertWritten(type, "0", "-0", "+0", "000", "-000");
        assertWritten(type, "-7", "-07");
        assertRefused(
                type, VALUE_FORMAT, "", "-", "+", "7,0", "1 000", "0x7", "7L", "--7", "٧", "7\0", "-\u22127", "7-");
        assertRefused(type, VALUE_OUT_OF_RANGE, "2147483648", "-2147483649", "1".repeat(100_000));
    }

    @Test
    void aWholeNumberMayBeWrittenAsOneWithAFraction() {
        ColumnType type = ColumnType.of(Kind.INTEGER);

        assertWritten(
                type, "10", "10.0", "10.", "1e1", "1E+01", "100e-1", "0.1e2", "+10.000", "010.0", "1".concat("0."));
        assertWritten(type, "100000", "1E+05", "1e5");
        assertWritten(type, "0", "0.0", "-0.0", ".0", "0e999999999999", "-0e-5");
        assertWritten(type, "-2147483648", "-2147483648.000", "-2.147483648E9");
        assertRefused(
                type,
                VALUE_FORMAT,
                "10.5",
                "10.50",
                "1e-1",
                "1e-400",
                ".",
                "e5",
                "1e",
                "1.0.0",
                "1.0x",
                "1e5.0",
                "NaN");
        assertRefused(type, VALUE_OUT_OF_RANGE, "2147483648.0", "1E400", "1e10", "9.9e9999999999999");
        assertWritten(
                ColumnType.of(Kind.BIGINT), "9223372036854775807", "9223372036854775807.00", "9.223372036854775807e18");
        assertRefused(ColumnType.of(Kind.BIGINT), VALUE_OUT_OF_RANGE, "9223372036854775808.0", "1e19");
    }

    @Test
    void whatCannotBeSeenAroundAValueIsIgnored() {
        for (String blank : new String[] {"\u00A0", "\uFEFF", "\u202F", "\u2009", "\u200B", "\u3000", "\u00A0 \t"}) {
            assertWritten(ColumnType.of(Kind.INTEGER), "5", "5" + blank, blank + "5", blank + "5" + blank);
            assertWritten(ColumnType.decimal(5, 2), "5.50", "5.5" + blank, blank + "5.50");
            assertWritten(ColumnType.of(Kind.DOUBLE), "5.5", "5.5" + blank, blank + "5.50");
            assertWritten(ColumnType.of(Kind.BOOLEAN), "true", "Y" + blank, blank + "1");
            assertWritten(ColumnType.of(Kind.DATE), "2024-01-31", "2024-01-31" + blank);
            assertWritten(ColumnType.of(Kind.TIMESTAMP), "2024-01-31 00:00:00", blank + "2024-01-31");
        }
    }

    @Test
    void theMinusOfPrintIsAMinus() {
        assertWritten(ColumnType.of(Kind.INTEGER), "-5", "\u22125", "\u22125.0", " \u221205");
        assertWritten(ColumnType.decimal(5, 2), "-5.50", "\u22125.5");
        assertWritten(ColumnType.of(Kind.DOUBLE), "-5.5", "\u22125.5");
    }

    @Test
    void aReasonNamesTheCharacterThatIsNotWhatItLooksLike() {
        ColumnType type = ColumnType.of(Kind.INTEGER);

        assertThat(refused(type, "1\u00A0234").reason())
                .isEqualTo("not a whole number: character 2 is U+00A0, a no-break space");
        assertThat(refused(type, "1\u2009234").reason()).endsWith("character 2 is U+2009, a thin space");
        assertThat(refused(type, "\u20135").reason()).endsWith("character 1 is U+2013, en dash");
        assertThat(refused(type, "１２").reason()).endsWith("character 1 is a digit other than 0 to 9");
        assertThat(refused(type, "1\u0007").reason()).endsWith("character 2 is U+0007, bel");
        assertThat(refused(type, "1é").reason()).endsWith("character 2 is not a digit");
        assertThat(refused(ColumnType.decimal(5, 2), "1\u200B2").reason())
                .isEqualTo("not a decimal number: character 2 is U+200B, a zero-width space");
        assertThat(refused(ColumnType.of(Kind.DOUBLE), "1€").reason())
                .isEqualTo("not a finite number: character 2 is U+20AC, euro sign");
    }

    @Test
    void wholeNumbersHaveTheRangeOfTheirType() {
        assertKept(ColumnType.of(Kind.SMALLINT), "32767", "-32768");
        assertRefused(ColumnType.of(Kind.SMALLINT), VALUE_OUT_OF_RANGE, "32768", "-32769");
        assertKept(ColumnType.of(Kind.BIGINT), "9223372036854775807", "-9223372036854775808");
        assertWritten(ColumnType.of(Kind.BIGINT), "-9223372036854775808", "-009223372036854775808");
        assertRefused(
                ColumnType.of(Kind.BIGINT),
                VALUE_OUT_OF_RANGE,
                "9223372036854775808",
                "-9223372036854775809",
                "18446744073709551616",
                "18446744073709551617",
                "99999999999999999999");
    }

    @Test
    void decimalsAreWrittenWithTheirScale() {
        ColumnType type = ColumnType.decimal(5, 2);

        assertKept(type, "1.50", "-1.50", "0.00", "999.99", "-999.99", "0.05");
        assertWritten(
                type, "1.50", "1.5", "+1.5", "01.50", "1.500000", " 1.5 ", "15e-1", "0.15E1", "1.5e0", "150E-002");
        assertWritten(type, "0.00", "0", "-0", "-0.000", ".0", "0.", "0e999999999999", "0e-999999999999");
        assertWritten(type, "7.00", "7", "7.", "00007", "70e-1", "0.0000007e+7");
        assertWritten(type, "0.50", ".5", "+.5");
        assertWritten(type, "-0.50", "-.5");
        assertWritten(type, "100.00", "1e2", "100");
        assertRefused(type, VALUE_TOO_PRECISE, "1.505", "0.001", "1e-3", "1e-999999999999", "-0.0001");
        assertRefused(type, VALUE_OUT_OF_RANGE, "1000", "-1000.00", "1e3", "1e999999999", "1e99999999999999999999");
        assertRefused(
                type,
                VALUE_FORMAT,
                "",
                ".",
                "-",
                "e5",
                "1e",
                "1e+",
                "1.2.3",
                "1,5",
                "NaN",
                "Infinity",
                "1f",
                "0x1",
                "1 5",
                "１");
    }

    @Test
    void decimalsMayBeAllFractionOrHaveNone() {
        assertWritten(ColumnType.decimal(2, 2), "0.12", ".12", "0.12", "12e-2");
        assertRefused(ColumnType.decimal(2, 2), VALUE_OUT_OF_RANGE, "1", "1.00");
        assertKept(ColumnType.decimal(18, 0), "0", "12", "-999999999999999999");
        assertWritten(ColumnType.decimal(18, 0), "12", "12.", "12.0", "012");
        assertRefused(ColumnType.decimal(18, 0), VALUE_TOO_PRECISE, "12.1");
        assertKept(ColumnType.decimal(38, 37), "9." + "9".repeat(37));
        assertKept(ColumnType.decimal(38, 0), "9".repeat(38));
        assertRefused(ColumnType.decimal(38, 0), VALUE_OUT_OF_RANGE, "9".repeat(39));
    }

    @Test
    void decimalsOfNineteenDigitsAreKeptIn64Bits() {
        assertWritten(ColumnType.decimal(19, 0), "9223372036854775807", "9223372036854775807");
        assertRefused(ColumnType.decimal(19, 0), VALUE_OUT_OF_RANGE, "9223372036854775808", "-9999999999999999999");
        assertWritten(ColumnType.decimal(19, 2), "-92233720368547758.07", "-92233720368547758.07");
        assertRefused(ColumnType.decimal(19, 2), VALUE_OUT_OF_RANGE, "92233720368547758.08");
    }

    @Test
    void decimalsAreWhatBigDecimalSays() throws RefusedValueException {
        Random random = new Random(20_241_123);
        ValueRule rule = ValueRule.of(ColumnType.decimal(30, 12));
        for (int i = 0; i < 20_000; i++) {
            String text = (random.nextBoolean() ? "-" : "")
                    + "0".repeat(random.nextInt(3))
                    + random.nextInt(1_000_000)
                    + (random.nextBoolean() ? "." + random.nextInt(10_000) : "")
                    + (random.nextBoolean() ? "e" + (random.nextInt(13) - 6) : "");
            BigDecimal expected = new BigDecimal(text).setScale(12);
            assertThat(rule.canonical(text)).as(text).isEqualTo(expected.toPlainString());
        }
    }

    @Test
    void floatingPointNumbersAreWrittenAsTheNearestBinaryNumber() {
        ColumnType type = ColumnType.of(Kind.DOUBLE);

        assertKept(type, "0.0", "1.5", "-1.5", "1.0E10", "1.7976931348623157E308", "2.2250738585072014E-308");
        assertWritten(type, "1.5", "1.50", "+1.5", "01.5", "15e-1", " 1.5");
        assertWritten(type, "0.0", "0", "-0", "-0.0", ".0", "0e999", "0.000e-9999");
        assertWritten(type, "0.1", ".1", "0.1000000000000000055511151231257827");
        assertRefused(type, VALUE_OUT_OF_RANGE, "1e309", "-1e309", "1e999999999999", "1e-400", "2.33125e-315");
        assertRefused(
                type,
                VALUE_FORMAT,
                "",
                ".",
                "-",
                "e1",
                "1e",
                "1e+",
                "1d",
                "1f",
                "1F",
                "0x1p3",
                "NaN",
                "nan",
                "Infinity",
                "-inf",
                "1_0",
                "1,5",
                "1.2.3",
                "1 5",
                "1".repeat(3_000));
    }

    @Test
    void realIsNarrowerThanDouble() {
        ColumnType type = ColumnType.of(Kind.REAL);

        assertKept(type, "0.1", "3.4028235E38", "1.17549435E-38");
        assertWritten(type, "1.6777216E7", "16777217", "16777216");
        assertRefused(type, VALUE_OUT_OF_RANGE, "3.5e38", "1e-45", "1e-39");
    }

    @Test
    void booleansAreTheWordsOfRedshift() {
        ColumnType type = ColumnType.of(Kind.BOOLEAN);

        assertWritten(
                type, "true", "t", "T", "true", "TRUE", "True", "y", "yes", "YES", "1", " true ", "1.0", "1.", "1.000");
        assertWritten(type, "false", "f", "F", "false", "FALSE", "n", "no", "NO", "0", "0.0", "0.", "0.00");
        assertRefused(
                type,
                VALUE_FORMAT,
                "on",
                "off",
                "1.5",
                "0.1",
                "2.0",
                "-0.0",
                "1e0",
                "01.0",
                "tru",
                "2",
                "-1",
                "01",
                "yeſ",
                "ja",
                "");
    }

    @Test
    void datesExist() {
        ColumnType type = ColumnType.of(Kind.DATE);

        assertKept(type, "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31");
        assertWritten(type, "2024-01-31", " 2024-01-31\t");
        assertRefused(type, VALUE_OUT_OF_RANGE, "2023-02-29", "1900-02-29", "2024-04-31", "2024-01-00", "2024-01-32");
        assertRefused(type, VALUE_OUT_OF_RANGE, "2024-00-01", "2024-13-01", "0000-01-01");
        assertRefused(
                type,
                VALUE_FORMAT,
                "",
                "2024-1-31",
                "24-01-31",
                "31.01.2024",
                "01/31/2024",
                "20240131",
                "2024-01-31 00:00:00",
                "2024-01-31T",
                "+2024-01-31",
                "12024-01-31",
                "２０２４-01-31",
                "0044-03-15 BC",
                "infinity");
    }

    @Test
    void timestampsAreWrittenToTheSecondOrAsFineAsTheyAre() {
        ColumnType type = ColumnType.of(Kind.TIMESTAMP);

        assertKept(type, "2024-01-31 10:20:30", "2024-01-31 10:20:30.5", "2024-01-31 23:59:59.123456");
        assertWritten(type, "2024-01-31 00:00:00", "2024-01-31", "2024-01-31 00:00", "2024-01-31T00:00:00.000000000");
        assertWritten(type, "2024-01-31 10:20:00", "2024-01-31T10:20", "2024-01-31 10:20", "2024-01-31 10:20:00.0");
        assertWritten(type, "2024-01-31 10:20:30.5", "2024-01-31T10:20:30.5", "2024-01-31 10:20:30.500000000");
        assertWritten(type, "2024-01-31 10:20:30", " 2024-01-31 10:20:30\t");
        assertRefused(type, VALUE_TOO_PRECISE, "2024-01-31 10:20:30.1234567", "2024-01-31 10:20:30.000000001");
        assertRefused(type, VALUE_OUT_OF_RANGE, "2024-01-31 24:00:00", "2024-01-31 23:60:00", "2016-12-31 23:59:60");
        assertRefused(type, VALUE_OUT_OF_RANGE, "2023-02-29 10:00:00", "0000-01-01 00:00:00");
        assertRefused(
                type,
                VALUE_FORMAT,
                "2024-01-31 10:20:30Z",
                "2024-01-31T10:20:30+00:00",
                "2024-01-31 10:20:30 +02",
                "2024-01-31 10:20:30-0500");
        assertRefused(
                type,
                VALUE_FORMAT,
                "",
                "2024-01-31 10",
                "2024-01-31  10:20:30",
                "2024-01-31 1:20:30",
                "2024-01-31 10:20:30.",
                "2024-01-31 10:20:30,5",
                "2024-01-31 10:20.5",
                "2024-01-31t10:20:30",
                "2024-01-31 10:20:30 PM",
                "2024-01-31T",
                "1706696430",
                "Jan 31 2024");
    }

    @Test
    void timestampsWithAZoneAreWrittenInUtc() {
        ColumnType type = ColumnType.of(Kind.TIMESTAMPTZ);

        assertKept(type, "2024-01-31 10:20:30+00", "2024-01-31 10:20:30.123456+00");
        assertWritten(
                type,
                "2024-01-31 10:20:30+00",
                "2024-01-31 10:20:30",
                "2024-01-31T10:20:30Z",
                "2024-01-31 10:20:30 Z",
                "2024-01-31 10:20:30 UTC",
                "2024-01-31T10:20:30.0UTC",
                "2024-01-31 10:20:30.000-00:00",
                "2024-01-31 12:20:30+02",
                "2024-01-31 12:20:30 +0200",
                "2024-01-31T16:05:30.0+05:45",
                "2024-01-31 05:20:30-05:00");
        assertWritten(type, "2024-01-31 00:00:00+00", "2024-01-31");
        assertWritten(type, "2023-12-31 23:30:00.25+00", "2024-01-01 01:30:00.250+02:00");
        assertWritten(type, "2024-03-01 01:00:00+00", "2024-02-29 20:00:00-0500");
        assertRefused(type, VALUE_OUT_OF_RANGE, "0001-01-01 00:00:00+01", "9999-12-31 23:59:59-01");
        assertRefused(type, VALUE_OUT_OF_RANGE, "2024-01-31 10:20:30+16", "2024-01-31 10:20:30+01:60");
        assertRefused(
                type,
                VALUE_FORMAT,
                "2024-01-31 10:20:30+2",
                "2024-01-31 10:20:30+02:",
                "2024-01-31 10:20:30+02:0",
                "2024-01-31 10:20:30+020",
                "2024-01-31 10:20:30+02:00:00",
                "2024-01-31 10:20:30 utc",
                "2024-01-31 10:20:30 GMT",
                "2024-01-31 10:20:30z",
                "2024-01-31 10:20:30Z+00",
                "2024-01-31Z",
                "2024-01-31 10:20:30  Z");
    }

    @Test
    void timesOfDayAreWrittenToTheSecondOrAsFineAsTheyAre() {
        ColumnType type = ColumnType.of(Kind.TIME);

        assertThat(written(type, "08:30:00.5")).isEqualTo("08:30:00.5");
        assertWritten(type, "08:30:00", "08:30", "08:30:00.000", " 08:30\u00A0");
        assertWritten(type, "24:00:00", "24:00", "24:00:00", "24:00:00.000");
        assertWritten(type, "23:59:59.123456", "23:59:59.123456000");
        assertRefused(type, VALUE_TOO_PRECISE, "08:30:00.1234567");
        assertRefused(type, VALUE_OUT_OF_RANGE, "24:00:01", "24:01", "25:00", "08:60", "08:30:60");
        assertRefused(
                type,
                VALUE_FORMAT,
                "",
                "8:30",
                "08:30+02",
                "08:30Z",
                "08:30 PM",
                "0830",
                "08",
                "2024-01-05 08:30",
                "08:30:",
                "x");
        assertThat(refused(type, "08:30:00+02").reason())
                .isEqualTo("an offset from UTC, which a TIME column would drop; use TIMETZ");
    }

    @Test
    void timesOfDayWithAZoneAreWrittenInUtc() {
        ColumnType type = ColumnType.of(Kind.TIMETZ);

        assertWritten(
                type,
                "08:30:00+00",
                "08:30",
                "08:30Z",
                "08:30:00 UTC",
                "10:30+02",
                "03:00:00-0530",
                "08:30:00.0+00:00");
        assertWritten(type, "22:30:00.5+00", "00:30:00.5+02", "17:00:00.500-05:30");
        assertWritten(type, "24:00:00+00", "24:00", "24:00:00Z");
        assertRefused(type, VALUE_TOO_PRECISE, "08:30:00.1234567+02");
        assertRefused(type, VALUE_OUT_OF_RANGE, "25:00+01", "08:30+16");
        assertRefused(type, VALUE_FORMAT, "08:30 CET", "08:30+2", "", "x");
    }

    @Test
    void bytesAreWrittenAsDigitsOfLowerCase() {
        ColumnType type = ColumnType.varbyte(3);

        assertWritten(type, "61ff00", "61ff00", "61FF00", "0x61fF00", "0X61ff00", "\\x61ff00", " 61ff00 ");
        assertWritten(type, "", "0x");
        assertRefused(type, VALUE_FORMAT, "6", "616", "6g", "61 ff", "x61", "0x0x61", "é1");
        assertRefused(type, VALUE_TOO_LONG, "61616161");
    }

    @Test
    void textIsKeptAsItIs() {
        assertKept(ColumnType.varchar(20), "", " ", " a ", "a\nb", "İıIi", "'; DROP", "\uFFFD", "\\N");
        assertKept(ColumnType.character(5), "", "ab", " ab ", "abcde");
    }

    @Test
    void theLengthOfTextIsInBytes() {
        assertKept(ColumnType.varchar(4), "abcd", "éé", "€a", "😀");
        assertRefused(ColumnType.varchar(4), VALUE_TOO_LONG, "abcde", "ééa", "€€", "😀a", "    a");
        assertRefused(ColumnType.character(2), VALUE_TOO_LONG, "abc");
        assertThat(refused(ColumnType.varchar(4), "😀a").reason()).isEqualTo("5 bytes of UTF-8, VARCHAR(4) holds 4");
    }

    @Test
    void onlyBlanksAreCutFromTextThatIsTooLong() {
        assertWritten(ColumnType.varchar(4), "abcd", "abcd ", "abcd" + " ".repeat(100));
        assertWritten(ColumnType.varchar(4), "ab  ", "ab   ");
        assertWritten(ColumnType.varchar(2), "é", "é  ");
        assertWritten(ColumnType.character(2), "ab", "ab  ");
        assertRefused(ColumnType.varchar(4), VALUE_TOO_LONG, "abcd\t", "abcd\u00A0", "abcd\n");
    }

    @Test
    void textHoldsNoNulAndCharNothingBeyondAscii() {
        assertRefused(ColumnType.varchar(100), VALUE_CHARACTER, "\0", "a\0b");
        assertRefused(ColumnType.character(100), VALUE_CHARACTER, "é", "a\u0080", "\0");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void noReasonHoldsTheValue(Kind kind) {
        ColumnType type = kind.isText() || kind == Kind.VARBYTE
                ? new ColumnType(kind, 1, 0)
                : kind == Kind.DECIMAL ? ColumnType.decimal(3, 1) : ColumnType.of(kind);
        for (String secret : new String[] {"hunter2", "41111111111111111.1234567", "1987-13-41"}) {
            if (kind == Kind.DOUBLE || kind == Kind.REAL || kind == Kind.SUPER) {
                continue;
            }
            assertThat(refused(type, secret).reason()).doesNotContain(secret, "hunter", "4111", "1987");
        }
        assertThat(refused(type, "hunter2").getMessage()).doesNotContain("hunter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "-12"})
    void equalNumbersOfEveryTypeAreEqualTexts(String number) throws RefusedValueException {
        for (ColumnType type : new ColumnType[] {
            ColumnType.of(Kind.SMALLINT),
            ColumnType.of(Kind.REAL),
            ColumnType.of(Kind.DOUBLE),
            ColumnType.decimal(10, 3)
        }) {
            ValueRule rule = ValueRule.of(type);
            String padded = number.startsWith("-") ? "-00" + number.substring(1) : "+00" + number;
            assertThat(rule.canonical(padded)).isEqualTo(rule.canonical(number));
        }
    }

    @Test
    void usualValuesArePackedRightAwayAsTheyWouldBeWritten() {
        Random random = new Random(SEED);
        List<ColumnType> types = List.of(
                ColumnType.of(Kind.SMALLINT),
                ColumnType.of(Kind.INTEGER),
                ColumnType.of(Kind.BIGINT),
                ColumnType.decimal(5, 2),
                ColumnType.decimal(4, 4),
                ColumnType.decimal(9, 0),
                ColumnType.decimal(19, 3),
                ColumnType.of(Kind.DATE),
                ColumnType.of(Kind.TIMESTAMP),
                ColumnType.of(Kind.TIMESTAMPTZ),
                ColumnType.varchar(8));
        for (ColumnType type : types) {
            int packed = 0;
            for (int i = 0; i < 50_000; i++) {
                packed += assertPackedAlike(type, almostUsual(random, type)) ? 1 : 0;
            }
            boolean isEverPacked = type.scale() != 4 && type.length() != 19;
            assertThat(packed > 1000).as("%s, seed %d", type.sql(), SEED).isEqualTo(isEverPacked);
        }
    }

    /** Returns a text of the usual form, in which now and then a character is another one. */
    private static String almostUsual(Random random, ColumnType type) {
        String date = String.format("%04d-%02d-%02d", random.nextInt(10_000), random.nextInt(14), random.nextInt(33));
        StringBuilder text = new StringBuilder(
                switch (type.kind()) {
                    case DATE -> date;
                    case TIMESTAMP, TIMESTAMPTZ ->
                        date
                                + String.format(
                                        " %02d:%02d:%02d", random.nextInt(25), random.nextInt(61), random.nextInt(61));
                    case DECIMAL ->
                        (random.nextInt(3) == 0 ? "-" : "")
                                + random.nextInt(2000)
                                + (random.nextBoolean() ? "" : "." + random.nextInt(200));
                    case VARCHAR -> "abcdefghij".substring(random.nextInt(10));
                    default -> Long.toString(random.nextLong() >> random.nextInt(63));
                });
        if (random.nextInt(4) == 0 && !text.isEmpty()) {
            text.setCharAt(random.nextInt(text.length()), "0179-+. :T,\"\né".charAt(random.nextInt(14)));
        }
        return text.toString();
    }

    private static void assertKept(ColumnType type, String... values) {
        for (String value : values) {
            assertThat(written(type, value)).as("%s %s", type.sql(), value).isSameAs(value);
        }
    }

    private static void assertWritten(ColumnType type, String expected, String... values) {
        for (String value : values) {
            assertThat(written(type, value)).as("%s %s", type.sql(), value).isEqualTo(expected);
            assertThat(written(type, expected))
                    .as("%s %s again", type.sql(), expected)
                    .isEqualTo(expected);
        }
    }

    private static void assertRefused(ColumnType type, ErrorCode code, String... values) {
        for (String value : values) {
            assertPackedAlike(type, value);
            assertThatThrownBy(() -> ValueRule.of(type).canonical(value))
                    .as("%s %.40s", type.sql(), value)
                    .isInstanceOfSatisfying(RefusedValueException.class, e -> assertThat(e.code())
                            .isEqualTo(code));
        }
    }

    /** What is packed right away is what would be written; returns whether it is packed. */
    private static boolean assertPackedAlike(ColumnType type, String value) {
        ValuePacker packer = new ValuePacker(1);
        char[] text = ("1" + value + "1").toCharArray();
        if (!ValueRule.of(type).pack(text, 1, text.length - 1, packer, 0)) {
            assertThat(packer.get(0)).as("%s %s", type.sql(), value).isNull();
            return false;
        }
        assertThatCode(() -> assertThat(packer.pack().get(0))
                        .as("%s %s", type.sql(), value)
                        .isEqualTo(ValueRule.of(type).canonical(value)))
                .doesNotThrowAnyException();
        return true;
    }

    private static RefusedValueException refused(ColumnType type, String value) {
        return catchThrowableOfType(
                RefusedValueException.class, () -> ValueRule.of(type).canonical(value));
    }

    private static String written(ColumnType type, String value) {
        assertPackedAlike(type, value);
        try {
            return ValueRule.of(type).canonical(value);
        } catch (RefusedValueException e) {
            throw new AssertionError(type.sql() + " refused " + value + ": " + e.reason(), e);
        }
    }
}
