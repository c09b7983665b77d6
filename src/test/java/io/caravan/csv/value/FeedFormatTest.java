package io.caravan.csv.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.base.ErrorCode;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedFormatTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            DATE        | dd.MM.yyyy                     | 31.01.2024                    | 2024-01-31
            DATE        | dd.MM.uuuu                     | ' 29.02.2024 '                | 2024-02-29
            DATE        | M/d/yy from 1930               | 1/5/99                        | 1999-01-05
            DATE        | M/d/yy from 1930               | 1/5/30                        | 1930-01-05
            DATE        | M/d/yy from 1930               | 1/5/29                        | 2029-01-05
            DATE        | d/M/yy  from  2000             | 1/2/99                        | 2099-02-01
            DATE        | yyMMdd from 1901               | 000101                        | 2000-01-01
            DATE        | dd-MMM-uu from 1930            | 31-JAN-29                     | 2029-01-31
            DATE        | [M/d/yyyy][M/d/yy] from 1930   | 1/5/30                        | 1930-01-05
            DATE        | [M/d/yyyy][M/d/yy] from 1930   | 1/5/0030                      | 0030-01-05
            DATE        | '[M/d/yy'' yy''][yyyy-MM-dd] from 1930'  | 1/5/30 yy             | 1930-01-05
            TIMESTAMP   | dd.MM.yy[ HH:mm] from 1950     | 31.01.49 09:05                | 2049-01-31 09:05:00
            TIMESTAMP   | '[dd.MM.yy][ HH:mm] from 1950' | 31.01.50                      | 1950-01-31 00:00:00
            TIMESTAMPTZ | yy-MM-dd HH:mmXXX from 1930    | 30-01-01 00:00+01:00          | 1929-12-31 23:00:00+00
            TIMESTAMP   | '[yyyy-MM-dd][M/d/yyyy]'       | 1/31/2024                     | 2024-01-31 00:00:00
            TIMESTAMP   | yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSS] | 2024-01-31 09:05:03.123   | 2024-01-31 09:05:03.123
            TIMESTAMP   | yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSS] | 2024-01-31 09:05:03.123456 | 2024-01-31 09:05:03.123456
            TIMESTAMP   | yyyy-MM-dd HH:mm:ss.SSSSSSS    | 2024-01-31 09:05:03.1234560   | 2024-01-31 09:05:03.123456
            DATE        | yyyyMMdd                       | 20240131                      | 2024-01-31
            DATE        | dd-MMM-yyyy                    | 31-JAN-2024                   | 2024-01-31
            DATE        | dd MMM yyyy                    | 01 Jun 0800                   | 0800-06-01
            DATE        | yyyy-MM-dd' 00:00:00'          | 2024-01-31 00:00:00           | 2024-01-31
            DATE        | yyyy-MM-dd[ G]                 | 2024-01-31                    | 2024-01-31
            TIMESTAMP   | dd.MM.yyyy HH:mm               | 31.01.2024 09:05              | 2024-01-31 09:05:00
            TIMESTAMP   | MM/dd/yyyy hh:mm a             | 01/31/2024 12:05 am           | 2024-01-31 00:05:00
            TIMESTAMP   | dd.MM.yyyy                     | 31.01.2024                    | 2024-01-31 00:00:00
            TIMESTAMP   | dd.MM.yyyy[ HH:mm]             | 31.01.2024                    | 2024-01-31 00:00:00
            TIMESTAMP   | yyyyMMddHHmmssSSS              | 20240131090503120             | 2024-01-31 09:05:03.12
            TIMESTAMP   | yyyy-MM-dd HH:mm:ss.SSSSSSSSS  | 2024-01-31 09:05:03.000001000 | 2024-01-31 09:05:03.000001
            TIMESTAMP   | epochsecs                      | 0                             | 1970-01-01 00:00:00
            TIMESTAMP   | EpochSecs                      | -1                            | 1969-12-31 23:59:59
            TIMESTAMP   | epochsecs                      | 1706692203.123456000          | 2024-01-31 09:10:03.123456
            TIMESTAMP   | epochsecs                      | 1.706692203e+09               | 2024-01-31 09:10:03
            TIMESTAMP   | epochsecs                      | -0.5                          | 1969-12-31 23:59:59.5
            TIMESTAMP   | epochmillis                    | 1706692203120.25              | 2024-01-31 09:10:03.12025
            TIMESTAMP   | EPOCHMICROS                    | 1706692203123456              | 2024-01-31 09:10:03.123456
            TIMESTAMPTZ | epochmicros                    | -1                            | 1969-12-31 23:59:59.999999+00
            TIMESTAMPTZ | epochmicros                    | 253402300799999999            | 9999-12-31 23:59:59.999999+00
            TIMESTAMP   | 'yyyy-MM-dd''T''HH:mm:ss[.SSSSSS]''Z''' | 2024-01-05T10:20:30Z      | 2024-01-05 10:20:30
            TIMESTAMP   | 'yyyy-MM-dd''T''HH:mm:ss[.SSSSSS]''Z''' | 2024-01-05T10:20:31.5Z    | 2024-01-05 10:20:31.5
            TIMESTAMP   | 'yyyy-MM-dd''T''HH:mm:ss[.SSSSSS]''Z''' | 2024-01-05T10:20:31.123456000Z | 2024-01-05 10:20:31.123456
            TIMESTAMP   | 'yyyy-MM-dd''T''HH:mm:ss[.SSS]''Z''' | 2024-01-05T10:20:31.123456000000000Z | 2024-01-05 10:20:31.123456
            TIMESTAMP   | dd.MM.yyyy HH:mm:ss,SSS        | 05.01.2024 10:20:31,5         | 2024-01-05 10:20:31.5
            TIMESTAMP   | dd.MM.yyyy HH:mm:ss'.'SSS      | 05.01.2024 10:20:31.5         | 2024-01-05 10:20:31.5
            TIMESTAMP   | yyyy-MM-dd HH:mm:ss[.SSS][.SSSSSS] | 2024-01-31 09:05:03.123456 | 2024-01-31 09:05:03.123456
            TIMESTAMP   | utc                            | 2024-01-05T10:20:30.5Z        | 2024-01-05 10:20:30.5
            TIMESTAMP   | UTC                            | 2024-01-05 10:20:30 UTC       | 2024-01-05 10:20:30
            TIMESTAMP   | utc                            | 2024-01-05 10:20              | 2024-01-05 10:20:00
            TIMESTAMP   | utc                            | 2024-01-01T00:30:00+01:00     | 2023-12-31 23:30:00
            TIMESTAMPTZ | utc                            | 2024-01-01T00:30:00Z          | 2024-01-01 00:30:00+00
            TIMESTAMP   | dd.MM.yyyy HH:mm XXX utc       | 01.01.2024 00:30 +01:00       | 2023-12-31 23:30:00
            TIMESTAMP   | dd.MM.yyyy HH:mm utc           | 01.01.2024 00:30              | 2024-01-01 00:30:00
            TIMESTAMP   | dd.MM.yy HH:mm[ XXX] from 1930 utc | 01.01.24 00:30 +01:00     | 2023-12-31 23:30:00
            TIMESTAMP   | epochmillis                    | 1706692203120                 | 2024-01-31 09:10:03.12
            TIMESTAMP   | epochmillis                    | -1                            | 1969-12-31 23:59:59.999
            TIMESTAMPTZ | epochsecs                      | 253402300799                  | 9999-12-31 23:59:59+00
            TIMESTAMPTZ | dd.MM.yyyy HH:mm:ssXXX         | 31.01.2024 01:00:00+02:00     | 2024-01-30 23:00:00+00
            TIMESTAMPTZ | dd.MM.yyyy HH:mm:ss.SSSX       | 31.01.2024 01:00:00.500Z      | 2024-01-31 01:00:00.5+00
            TIMESTAMPTZ | dd.MM.yyyy HH:mm               | 31.01.2024 01:00              | 2024-01-31 01:00:00+00
            DECIMAL     | 1.234,56                       | -1.234.567,8                  | -1234567.80
            DECIMAL     | 1.234,56                       | 1234,5                        | 1234.50
            DECIMAL     | 1.234,56                       | 12                            | 12.00
            DECIMAL     | 1.234,56                       | 12.345                        | 12345.00
            DECIMAL     | 1234,56                        | +,5                           | 0.50
            DECIMAL     | '1 234,56'                     | 1\u00A0234\u202F567,5          | 1234567.50
            DECIMAL     | 1'234.56                       | 1'234.5                       | 1234.50
            DOUBLE      | 1.234,5                        | 1.500,25                      | 1500.25
            REAL        | 0,5                            | -0,0                          | 0.0
            BIGINT      | 1.234.567                      | -12.345                       | -12345
            INTEGER     | 1,234,567                      | 1234                          | 1234
            TIME        | h:mm[:ss] a                    | 8:30 pm                       | 20:30:00
            TIME        | HH:mm:ss.SSS                   | 08:30:00.1234560000           | 08:30:00.123456
            TIME        | HHmm                           | 0830                          | 08:30:00
            TIMETZ      | HH:mmXXX                       | 00:30+02:00                   | 22:30:00+00
            TIME        | HH:mm XXX utc                  | 00:30 +02:00                  | 22:30:00
            VARBYTE     | hex                            | 61FF                          | 61ff
            VARBYTE     | BASE64                         | Yf8                           | 61ff
            VARBYTE     | base64                         | Yf8=                          | 61ff
            SUPER       | json                           | [ 1 ]                         | [1]
            BOOLEAN     | J/N                            | j                             | true
            BOOLEAN     | J/N                            | ' N '                         | false
            BOOLEAN     | 是/否                            | 否                             | false
            """)
    void valuesOfTheFeedsFormAreWrittenAsThoseOfTheStandardForm(Kind kind, String format, String value, String expected)
            throws RefusedValueException {
        ColumnType type = type(kind);
        String written = FeedFormat.rule(type, format).canonical(value);

        assertThat(written).isEqualTo(expected);
        assertThat(ValueRule.of(type).canonical(written)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            DATE        | dd.MM.yyyy                    | 2024-01-31                    | VALUE_FORMAT
            DATE        | dd.MM.yyyy                    | 1.1.2024                      | VALUE_FORMAT
            DATE        | dd.MM.yyyy                    | 31.01.2024 00:00              | VALUE_FORMAT
            DATE        | dd.MM.yyyy                    | 31.02.2024                    | VALUE_OUT_OF_RANGE
            DATE        | dd.MM.yyyy                    | 01.13.2024                    | VALUE_OUT_OF_RANGE
            DATE        | dd.MM.yyyy                    | 01.01.0000                    | VALUE_OUT_OF_RANGE
            DATE        | dd.MM.yyyy                    | 01.01.+10000                  | VALUE_OUT_OF_RANGE
            DATE        | dd.MM.uuuu                    | 01.01.-0001                   | VALUE_OUT_OF_RANGE
            DATE        | '[dd.MM.yyyy]'                | -                             | VALUE_FORMAT
            DATE        | dd-MMM-yyyy                   | 31-Oca-2024                   | VALUE_FORMAT
            TIMESTAMP   | dd.MM.yyyy HH:mm              | 31.01.2024 24:00              | VALUE_OUT_OF_RANGE
            TIMESTAMP   | dd.MM.yyyy[ HH][:mm]          | 31.01.2024:05                 | VALUE_FORMAT
            TIMESTAMP   | yyyy-MM-dd HH:mm:ss.SSSSSSSSS | 2024-01-31 09:05:03.000000001 | VALUE_TOO_PRECISE
            TIMESTAMP   | yyyy-MM-dd HH:mm:ss.SSSSSSS   | 2024-01-31 09:05:03.1234567   | VALUE_TOO_PRECISE
            DATE        | M/d/yy from 1930              | 1/5/1999                      | VALUE_FORMAT
            DATE        | M/d/yy from 1930              | 2/29/30                       | VALUE_OUT_OF_RANGE
            TIMESTAMP   | epochsecs                     | 1.5.1                         | VALUE_FORMAT
            TIMESTAMP   | epochsecs                     | 1,706,692,203                 | VALUE_FORMAT
            TIMESTAMP   | epochsecs                     | 0.1234567                     | VALUE_TOO_PRECISE
            TIMESTAMP   | epochmicros                   | 0.1                           | VALUE_TOO_PRECISE
            TIMESTAMP   | epochmillis                   | 1e400                         | VALUE_OUT_OF_RANGE
            TIMESTAMP   | epochmicros                   | 9223372036854775807           | VALUE_OUT_OF_RANGE
            TIMESTAMP   | yyyy-MM-dd HH:mm:ss.SSS       | 2024-01-31 09:05:03.1234560000001 | VALUE_TOO_PRECISE
            TIMESTAMP   | yyyy-MM-dd HH:mm:ss.SSS       | 2024-01-31 09:05:03.          | VALUE_FORMAT
            TIMESTAMP   | yyyyMMddHHmmssSSS             | 2024013109050312              | VALUE_FORMAT
            TIMESTAMP   | utc                           | 2024-01-05 10:20:30 CET       | VALUE_FORMAT
            TIMESTAMP   | epochsecs                     | 253402300800                  | VALUE_OUT_OF_RANGE
            TIMESTAMPTZ | epochmillis                   | 99999999999999999999          | VALUE_OUT_OF_RANGE
            TIMESTAMPTZ | yyyy-MM-dd HH:mmXXX           | 0001-01-01 00:00+01:00        | VALUE_OUT_OF_RANGE
            DECIMAL     | 1.234,56                      | 1,234.56                      | VALUE_FORMAT
            DECIMAL     | 1.234,56                      | 9.87                          | VALUE_FORMAT
            DECIMAL     | 1.234,56                      | 1.2345                        | VALUE_FORMAT
            DECIMAL     | 1.234,56                      | 1234.567                      | VALUE_FORMAT
            DECIMAL     | 1.234,56                      | .123                          | VALUE_FORMAT
            DECIMAL     | 1.234,56                      | 1,5,5                         | VALUE_FORMAT
            DECIMAL     | 1.234,56                      | 1,5E3                         | VALUE_FORMAT
            DECIMAL     | 1.234,56                      | ,                             | VALUE_FORMAT
            DECIMAL     | 1234,56                       | 1234.56                       | VALUE_FORMAT
            DECIMAL     | 1.234,56                      | 1,005                         | VALUE_TOO_PRECISE
            DECIMAL     | 1.234,56                      | 99.999.999.999                | VALUE_OUT_OF_RANGE
            INTEGER     | 1.234.567                     | 3.000.000.000                 | VALUE_OUT_OF_RANGE
            BOOLEAN     | J/N                           | true                          | VALUE_FORMAT
            TIME        | HH:mm                         | 24:00                         | VALUE_FORMAT
            TIME        | HH:mm:ss.S                    | 08:30:00.1234567              | VALUE_TOO_PRECISE
            VARBYTE     | base64                        | Y*8=                          | VALUE_FORMAT
            VARBYTE     | base64                        | YWJjZGVmZ2hpamts              | VALUE_TOO_LONG
            """)
    void otherValuesAreRefusedWithoutBeingShown(Kind kind, String format, String value, ErrorCode code) {
        ValueRule rule = FeedFormat.rule(type(kind), format);
        RefusedValueException e = catchThrowableOfType(RefusedValueException.class, () -> rule.canonical(value));

        assertThat(e.code()).as(value).isEqualTo(code);
        if (value.length() > 3) {
            assertThat(e.reason()).doesNotContain(value);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            DATE        | dd.mm.yyyy            | the pattern gives no date; the year is yyyy or uuuu, the month MM, the day dd
            DATE        | YYYY-MM-DD            | the pattern gives no date; the year is yyyy or uuuu, the month MM, the day dd
            DATE        | MM/yyyy               | the pattern gives no date; the year is yyyy or uuuu, the month MM, the day dd
            DATE        | dd.MM.yyyy HH:mm      | the pattern has a time, which a DATE would drop; put into single quotes what is always the same
            DATE        | dd.MM.yyyy XXX        | the pattern has an offset from UTC, which DATE would drop
            DATE        | epochsecs             | seconds since 1970 have a time, which a DATE would drop
            TIMESTAMP   | HH:mm                 | the pattern gives no date; the year is yyyy or uuuu, the month MM, the day dd
            TIMESTAMP   | dd.MM.yyyy hh:mm      | the pattern has parts of a time and gives none; hours are HH, or hh with a, minutes mm
            TIMESTAMP   | dd.MM.yyyy HH:mm XXX  | the pattern has an offset from UTC, which TIMESTAMP would drop; write utc behind the pattern to have the time in UTC
            DATE        | dd.MM.yyyy utc        | 'utc' is for times, and a DATE has none; leave it out
            DATE        | epochmicros           | seconds since 1970 have a time, which a DATE would drop
            TIMESTAMPTZ | dd.MM.yyyy HH:mm VV   | the pattern has the name of a zone, in which some hours come twice; use an offset, for example XXX
            DATE        | jj.MM.yyyy            | Unknown pattern letter: j
            DATE        | M/d/yy                | a year of two digits says no century; write the first of the hundred years that are meant behind the pattern: M/d/yy from 1930, for 1930 to 2029
            DATE        | uuMMdd                | a year of two digits says no century; write the first of the hundred years that are meant behind the pattern: M/d/yy from 1930, for 1930 to 2029
            TIMESTAMP   | M/d/yy[ HH:mm] from 30| a year of two digits says no century; write the first of the hundred years that are meant behind the pattern: M/d/yy from 1930, for 1930 to 2029
            TIMESTAMP   | [yyyy-MM-dd][M/d/yy]  | a year of two digits says no century; write the first of the hundred years that are meant behind the pattern: M/d/yy from 1930, for 1930 to 2029
            DATE        | M/d/yyyy from 1930    | 'from' says which years those of two digits are, and the pattern has no yy; leave it out
            DATE        | M/d/yy from 0000      | the hundred years from 0000 are not between 0001 and 9999, all that Redshift holds
            DATE        | M/d/yy from 9901      | the hundred years from 9901 are not between 0001 and 9999, all that Redshift holds
            DATE        | d.M.y                 | y takes years of other lengths, and 99 for the year 99; write yyyy, or yy with the first of the hundred years that are meant: M/d/yy from 1930, for 1930 to 2029
            DATE        | d.M.YY from 1930      | YY is the year of a week; the year is yyyy, or yy with the first of the hundred years that are meant: M/d/yy from 1930, for 1930 to 2029
            DATE        | [M/d/yy][M/d/yyyy] from 1930 | the pattern does not read what it writes, "2/29/2024"; its optional parts are tried from left to right: put a longer one before one that begins in the same way, and let no two say the same
            TIMESTAMP   | yyyy-MM-dd HH:mm:ss.SSSSSSSSSS | a fraction of a second has at most 9 digits, SSSSSSSSS, of which Redshift keeps 6
            DECIMAL     | 1234                  | the example of a number has no separator; write one like 1.234,56
            DECIMAL     | comma                 | the example of a number has no separator; write one like 1.234,56
            DECIMAL     | ,                     | the example of a number has no digit; write one like 1.234,56
            DECIMAL     | 1.23,4                | the example of a number is none; write one like 1.234,56
            DECIMAL     | 1.234,567,8           | the example of a number is none; write one like 1.234,56
            DECIMAL     | '#.##0,00'            | the example of a number is none; write one like 1.234,56
            INTEGER     | 1.234                 | the example of a number has a decimal mark, which INTEGER does not hold; if it groups digits, show it twice, as in 1.234.567
            TIME        | yyyy-MM-dd HH:mm      | the pattern has a date, which TIME would drop
            TIME        | HH:mm XXX             | the pattern has an offset from UTC, which TIME would drop
            TIME        | mm:ss                 | the pattern gives no time; hours are HH, or hh with a, minutes mm
            VARBYTE     | bytes                 | the format of VARBYTE is hex or base64
            SUPER       | xml                   | the format of SUPER is json
            BOOLEAN     | J                     | a BOOLEAN's format is two words, the one for true first: J/N
            BOOLEAN     | J/                    | a BOOLEAN's format is two words, the one for true first: J/N
            BOOLEAN     | J/j                   | a BOOLEAN's format is two words, the one for true first: J/N
            VARCHAR     | dd.MM.yyyy            | text has no format; formats are for dates, times, numbers, BOOLEAN
            """)
    void aFormatThatDoesNotFitTheTypeIsAMistake(Kind kind, String format, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeedFormat.rule(type(kind), format))
                .withMessage(message);
    }

    @Test
    void aBooleanMayHaveSeveralWords() throws RefusedValueException {
        ValueRule rule = FeedFormat.rule(type(Kind.BOOLEAN), "on|1.0 | ja / off|0.0");

        for (String word : new String[] {"on", "ON", "1.0", " Ja "}) {
            assertThat(rule.canonical(word)).as(word).isEqualTo("true");
        }
        assertThat(rule.canonical("0.0")).isEqualTo("false");
        assertThat(catchThrowableOfType(RefusedValueException.class, () -> rule.canonical("1"))
                        .reason())
                .isEqualTo("not one of \"on|1.0 | ja / off|0.0\" in any case");
        for (String mistake : new String[] {"on|/off", "on|off/off", "on|ON/off", "on/off/out", "|/|", "on"}) {
            assertThatIllegalArgumentException()
                    .as(mistake)
                    .isThrownBy(() -> FeedFormat.rule(type(Kind.BOOLEAN), mistake))
                    .withMessage("a BOOLEAN's format is two words, the one for true first: J/N");
        }
    }

    @Test
    void patternsAreQuotedInReasons() {
        ValueRule rule = FeedFormat.rule(type(Kind.DATE), "dd.MM.yyyy");

        assertThat(catchThrowableOfType(RefusedValueException.class, () -> rule.canonical("x"))
                        .reason())
                .isEqualTo("not of the form \"dd.MM.yyyy\"");
    }

    private static ColumnType type(Kind kind) {
        return switch (kind) {
            case DECIMAL -> ColumnType.decimal(12, 2);
            case CHAR, VARCHAR, VARBYTE -> new ColumnType(kind, 10, 0);
            default -> ColumnType.of(kind);
        };
    }
}
