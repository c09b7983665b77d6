package io.caravan.csv.value;

import static io.caravan.base.ErrorCode.VALUE_FORMAT;
import static io.caravan.base.ErrorCode.VALUE_TOO_PRECISE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.base.ErrorCode;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;

class NumberStyleTest {

    private static final ColumnType PRICE = ColumnType.decimal(12, 2);
    private static final ColumnType COUNT = ColumnType.of(Kind.INTEGER);

    @Test
    void moneyIsReadWithItsSignOrWithout() throws RefusedValueException {
        assertRead(
                PRICE,
                "$1,234.50",
                "1234.50",
                "$1,234.50",
                "1,234.50",
                "1234.5",
                "$ 1,234.50",
                "+$1,234.50",
                " $1234.50 ");
        assertRead(PRICE, "1.234,50 €", "1234.50", "1.234,50 €", "1.234,50\u00A0€", "1.234,50€", "€1.234,50", "1234,5");
        assertRead(PRICE, "EUR 5", "12.00", "EUR 12", "EUR\u202F12", "12 eur", "12");
        assertRead(PRICE, "CHF 1'234.50", "1234.50", "CHF 1'234.50", "CHF 1\u2019234.50");
        assertRead(PRICE, "Fr. 1'234.50", "12.50", "Fr. 12.50", "12.5");
        assertRead(PRICE, "R$ 1.234,50", "-7.25", "-R$ 7,25", "R$ -7,25", "R$-7,25", "(R$ 7,25)");
        assertRead(COUNT, "$1,234.00", "1234", "$1,234.00", "1234", "$1,234");
    }

    @Test
    void bracketsAndAMinusBehindAreBelowZero() throws RefusedValueException {
        for (String example : new String[] {"$1,234.50", "1,234.50", "(1,234.50)", "1,234.50-"}) {
            assertRead(
                    PRICE,
                    example,
                    "-5.00",
                    "(5.00)",
                    "( 5.00 )",
                    "5.00-",
                    "5.00 -",
                    "-5.00",
                    "\u22125.00",
                    "5.00\u2212");
            assertRead(PRICE, example, "5.00", "5.00", "+5.00", "5.00+");
            assertRefused(
                    PRICE,
                    example,
                    VALUE_FORMAT,
                    "(-5.00)",
                    "-5.00-",
                    "(5.00",
                    "5.00)",
                    "((5.00))",
                    "()",
                    "-",
                    "--5.00");
        }
        assertRead(PRICE, "$1,234.50", "-5.00", "($5.00)", "$(5.00)", "-$5.00", "$-5.00", "$5.00-");
        assertRead(COUNT, "5-", "-7", "7-", "(7)");
        assertRead(COUNT, "(5)", "-7", "7-", "(7)");
    }

    @Test
    void partsOfAHundredAreTheNumberAsItIsWrittenAndMustSayThatTheyAre() throws RefusedValueException {
        assertRead(PRICE, "12,5 %", "12.50", "12,5 %", "12,5%", "12,5\u00A0%", "% 12,5");
        assertRead(PRICE, "5%", "-7.00", "-7%", "(7%)", "(7)%");
        assertThat(refused(PRICE, "12,5 %", "12,5").reason()).isEqualTo("not a number like \"12,5 %\": there is no %");
    }

    @Test
    void otherUnitsAreNotTaken() {
        assertRefused(
                PRICE, "$1,234.50", VALUE_FORMAT, "€5.00", "5.00 USD", "US$5.00", "5.00%", "$$5.00", "$5.00$", "$");
        assertRefused(PRICE, "1.234,50 €", VALUE_FORMAT, "1.234,50 $", "1.234,50 %");
        assertRefused(PRICE, "1,234.50", VALUE_FORMAT, "$5.00");
        assertRefused(PRICE, "EUR 5", VALUE_FORMAT, "EUR 5.50", "USD 5");
    }

    @Test
    void narrowBlanksGroupAsBlanksDo() throws RefusedValueException {
        assertRead(COUNT, "1 234 567", "1234567", "1 234 567", "1\u00A0234\u202F567", "1\u2009234\u2007567", "1234567");
        assertRefused(COUNT, "1 234 567", VALUE_FORMAT, "1\u200B234", "1  234", "12 34", "１ ２３４");
    }

    @Test
    void aReasonNamesTheCharacterThatIsNotSeen() {
        assertThat(refused(COUNT, "1,234,567", "1\u00A0234").reason())
                .isEqualTo("not a number like \"1,234,567\": character 2 is U+00A0, a no-break space");
    }

    @Test
    void formattedNumbersAreRoundedLikeOthers() throws RefusedValueException {
        ValueRule rule = FeedFormat.rule(PRICE, "$1,234.50");

        assertThat(rule.rounded("($1,234.565)", RoundingMode.HALF_UP)).isEqualTo("-1234.57");
        assertThat(rule.rounded("$1,234.569", RoundingMode.DOWN)).isEqualTo("1234.56");
        assertRefused(PRICE, "$1,234.50", VALUE_TOO_PRECISE, "$1.005");
    }

    @Test
    void anExampleThatIsNoneIsAMistake() {
        for (String example :
                new String[] {"#.##0,00", "$1.50 EUR", "1:2.30", "1.5 / 2", "5 % %", "1.5E3", "-(5)", "# 5", "5 5 5,5,5"
                }) {
            assertThatIllegalArgumentException()
                    .as(example)
                    .isThrownBy(() -> FeedFormat.rule(PRICE, example))
                    .withMessageStartingWith("the example of a number is none");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeedFormat.rule(COUNT, "1.234 €"))
                .withMessageContaining("show it twice");
    }

    private static void assertRead(ColumnType type, String example, String expected, String... values)
            throws RefusedValueException {
        for (String value : values) {
            assertThat(FeedFormat.rule(type, example).canonical(value))
                    .as("%s like %s", value, example)
                    .isEqualTo(expected);
        }
    }

    private static void assertRefused(ColumnType type, String example, ErrorCode code, String... values) {
        for (String value : values) {
            RefusedValueException refusal = refused(type, example, value);
            assertThat(refusal).as("%s like %s", value, example).isNotNull();
            assertThat(refusal.code()).as("%s like %s", value, example).isEqualTo(code);
        }
    }

    private static RefusedValueException refused(ColumnType type, String example, String value) {
        ValueRule rule = FeedFormat.rule(type, example);
        return catchThrowableOfType(RefusedValueException.class, () -> rule.canonical(value));
    }
}
