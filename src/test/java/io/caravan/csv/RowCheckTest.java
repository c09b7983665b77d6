package io.caravan.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.caravan.csv.value.Utf8;
import io.caravan.model.feed.RowRule;
import io.caravan.model.feed.RowRule.Between;
import io.caravan.model.feed.RowRule.Check;
import io.caravan.model.feed.RowRule.Matches;
import io.caravan.model.feed.RowRule.NotNull;
import io.caravan.model.feed.RowRule.OneOf;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowCheckTest {

    private static final Optional<String> BROKEN = Optional.of("breaks the rule \"my rule\"");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            INTEGER     | 9          | 100           | 9, 10, 100         | 8, 101, -10
            SMALLINT    | -5         | 1e6           | -5, 32767          | -6
            DECIMAL     | 0.5        | 99999999999   | 0.50, 9.00         | 0.49, -1.00
            DOUBLE      | 0          | 1e300         | 0.0, 1.0E300       | 1.1E300, -1.0E-10
            DATE        | 2024-01-31 | 2024-02-01    | 2024-01-31         | 2024-01-30, 2024-02-02
            TIMESTAMP   | 2024-01-31 | 2024-01-31T12:00 | 2024-01-31 00:00:00, 2024-01-31 12:00:00 | 2024-01-31 12:00:00.1, 2024-01-30 23:59:59.9
            TIMESTAMPTZ | 2024-01-31 00:00+01 | 2024-01-31 00:00:00.5 | 2024-01-30 23:00:00+00, 2024-01-31 00:00:00.5+00 | 2024-01-31 00:00:00.51+00, 2024-01-30 22:59:59+00
            VARCHAR     | b          | d             | b, c, cz, d   , d  | a, da, B
            """)
    void boundsAreComparedByTheType(Kind kind, String low, String high, String within, String outside) {
        RowCheck check = check(new Between(low, high), kind);

        assertThat(within.split(", "))
                .allSatisfy(v -> assertThat(check.broken(v)).isEmpty());
        assertThat(outside.split(", "))
                .allSatisfy(v -> assertThat(check.broken(v)).isEqualTo(BROKEN));
        assertThat(check.broken(null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            INTEGER   | +1, 02         | 1, 2                        | 3
            DECIMAL   | 1.5, 2         | 1.50, 2.00                  | 1.00
            DOUBLE    | 1e3            | 1000.0                      | 1.0
            BOOLEAN   | yes            | true                        | false
            DATE      | 2024-01-31     | 2024-01-31                  | 2024-02-01
            TIMESTAMP | 2024-01-31     | 2024-01-31 00:00:00         | 2024-01-31 00:00:01
            VARCHAR   | a, İ           | a, a  , İ                 | A, i
            """)
    void oneOfComparesByTheType(Kind kind, String values, String among, String others) {
        RowCheck check = check(new OneOf(List.of(values.split(", "))), kind);

        assertThat(among.split(", "))
                .allSatisfy(v -> assertThat(check.broken(v)).isEmpty());
        assertThat(others.split(", "))
                .allSatisfy(v -> assertThat(check.broken(v)).isEqualTo(BROKEN));
        assertThat(check.broken(null)).isEmpty();
    }

    @Test
    void textIsComparedByItsBytes() {
        RowCheck check = check(new Between("\uFF01", "\uFF01"), Kind.VARCHAR);

        assertThat(check.broken("😀")).isEqualTo(BROKEN);
        assertThat(Utf8.compare("a😀", "a\uFF01")).isPositive();
        assertThat(Utf8.compare("a\uFF01", "a😀")).isNegative();
        assertThat(Utf8.compare("😀", "😁")).isNegative();
        assertThat(Utf8.compare("a", "ab")).isNegative();
    }

    @Test
    void anExpressionMatchesTheWholeValue() {
        RowCheck check = check(new Matches("[A-Z]{2}\\d+"), Kind.VARCHAR);

        assertThat(check.broken("AB12")).isEmpty();
        assertThat(check.broken(null)).isEmpty();
        assertThat(check.broken("xAB12")).isEqualTo(BROKEN);
        assertThat(check.broken("")).isEqualTo(BROKEN);
    }

    @Test
    void onlyNotNullIsBrokenByNull() {
        assertThat(check(new NotNull(), Kind.DATE).broken(null)).isEqualTo(BROKEN);
        assertThat(check(new NotNull(), Kind.VARCHAR).broken("")).isEmpty();
    }

    @Test
    void anExpressionThatTakesAgesEndsAndBreaksTheRule() {
        RowCheck check = check(new Matches(".*.*.*.*=b"), Kind.VARCHAR);

        assertThat(check.broken("a".repeat(500)))
                .contains(
                        "breaks the rule \"my rule\": its regular expression takes more than 1000000 steps for the value");
        assertThat(check.broken("aaa=b")).isEmpty();
    }

    @Test
    void anExpressionThatOverflowsTheStackBreaksTheRule() throws InterruptedException {
        RowCheck check = check(new Matches("(a|b)*c"), Kind.VARCHAR);
        List<Optional<String>> broken = new java.util.concurrent.CopyOnWriteArrayList<>();
        Thread small = new Thread(null, () -> broken.add(check.broken("ab".repeat(30_000))), "small", 256 * 1024);
        small.start();
        small.join();

        assertThat(broken)
                .singleElement()
                .satisfies(
                        reason -> assertThat(reason)
                                .contains(
                                        "breaks the rule \"my rule\": its regular expression takes more memory for the value than there is"));
        assertThat(check.broken("abc")).isEmpty();
    }

    @Test
    void theLongestTextIsWithinTheSteps() {
        assertThat(check(new Matches("\\p{L}[\\p{L} ]*\\.?"), Kind.VARCHAR).broken("x".repeat(65_535)))
                .isEmpty();
    }

    @Test
    void aRuleThatDoesNotFitTheTypeIsAMistake() {
        assertMistake(new Between("a", "9"), Kind.INTEGER, "a bound is not a number");
        assertMistake(
                new Between("9", "1"),
                Kind.INTEGER,
                "no value is between two bounds of which the first is the greater");
        assertMistake(
                new Between("31.01.2024", "2024-01-31"),
                Kind.DATE,
                "a value of it is none of DATE: not a date of the form YYYY-MM-DD");
        assertMistake(new Between("f", "t"), Kind.BOOLEAN, "BOOLEAN has no order; use 'one of'");
        assertMistake(
                new OneOf(List.of("1", "1.5")),
                Kind.INTEGER,
                "a value of it is none of INTEGER: not a whole number: it has a fraction; make the column DECIMAL");
    }

    private static void assertMistake(Check check, Kind kind, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check(check, kind))
                .withMessage(message);
    }

    private static RowCheck check(Check check, Kind kind) {
        ColumnType type =
                switch (kind) {
                    case DECIMAL -> ColumnType.decimal(6, 2);
                    case VARCHAR -> ColumnType.varchar(65_535);
                    default -> ColumnType.of(kind);
                };
        return new RowCheck(new RowRule("my rule", "c", check), new Column("c", type, true, false));
    }
}
