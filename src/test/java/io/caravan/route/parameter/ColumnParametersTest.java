package io.caravan.route.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.ColumnPolicy.MissingColumns;
import io.caravan.model.feed.ColumnPolicy.OnInvalid;
import io.caravan.model.feed.ColumnPolicy.Schema;
import io.caravan.model.feed.RowRule;
import io.caravan.model.feed.RowRule.Between;
import io.caravan.model.feed.RowRule.Matches;
import io.caravan.model.feed.RowRule.NotNull;
import io.caravan.model.feed.RowRule.OneOf;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnParametersTest {

    @Test
    void whatIsNotGivenHasItsDefault() {
        assertThat(policy(Map.of())).isEqualTo(ColumnPolicy.DEFAULT);
        assertThat(policy(Map.of("schema", "", "rules", " ", "constants", ""))).isEqualTo(ColumnPolicy.DEFAULT);
    }

    @Test
    void whatIsGivenHolds() {
        ColumnPolicy policy = policy(Map.of(
                "schema", "ignore",
                "missingColumns", "REJECT",
                "columns", "Kundennr = customer_id,\"a,b\"=c",
                "constants", "region=\"EU, \"\"west\"\"\", empty=\"\", url=http://x?a=b,",
                "formats", "day=dd.MM.yyyy; at=\"yyyy;MM;dd\"; amount=1.234,56; flag=J/N",
                "onInvalid", "NAME=truncate, born=null, x=reject"));

        assertThat(policy)
                .isEqualTo(new ColumnPolicy(
                        Schema.IGNORE,
                        MissingColumns.REJECT,
                        Map.of("kundennr", "customer_id", "a,b", "c"),
                        Map.of("region", "EU, \"west\"", "empty", "", "url", "http://x?a=b"),
                        Map.of("day", "dd.MM.yyyy", "at", "yyyy;MM;dd", "amount", "1.234,56", "flag", "J/N"),
                        Map.of("name", OnInvalid.TRUNCATE, "born", OnInvalid.NULL, "x", OnInvalid.REJECT),
                        List.of()));
    }

    @Test
    void rulesAreReadWithTheirNames() {
        String rules =
                """
                id: not null;
                adult = age: Between 18 and 120;
                mail: matches [^@]+@[^@:]+(\\.[a-z]{2,})+;
                "odd: name" = "odd;column": one of a|"b|c" | "d;e" | "";
                code: matches "\\d+;""?";
                span: between "a and b" and z
                """;

        assertThat(policy(Map.of("rules", rules)).rules())
                .containsExactly(
                        new RowRule("id: not null", "id", new NotNull()),
                        new RowRule("adult", "age", new Between("18", "120")),
                        new RowRule(
                                "mail: matches [^@]+@[^@:]+(\\.[a-z]{2,})+",
                                "mail",
                                new Matches("[^@]+@[^@:]+(\\.[a-z]{2,})+")),
                        new RowRule("odd: name", "odd;column", new OneOf(List.of("a", "b|c", "d;e", ""))),
                        new RowRule("code: matches \"\\d+;\"\"?\"", "code", new Matches("\\d+;\"?")),
                        new RowRule("span: between \"a and b\" and z", "span", new Between("a and b", "z")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            textBlock =
                    """
            schema         ¦ thaw                ¦ 'schema' is freeze, ignore or evolve, and not 'thaw'
            missingColumns ¦ ignore              ¦ 'missingColumns' is null or reject, and not 'ignore'
            columns        ¦ a=b, c              ¦ 'columns' cannot have 'c': there is no equals sign in it
            columns        ¦ a=b, A=c            ¦ 'columns' has 'A' twice
            columns        ¦ a=b, c=B            ¦ 'columns' has two sources for 'B'
            constants      ¦ a=                  ¦ 'constants' cannot have 'a=': a value is missing; an empty text is written ""
            constants      ¦ a="b                ¦ 'constants': a double quote is not closed; in quotes a double quote is written twice
            constants      ¦ a="b"c              ¦ 'constants' cannot have 'a="b"c': what holds a double quote stands in double quotes as a whole, with the quote doubled
            formats        ¦ a=x; b              ¦ 'formats' cannot have 'b': there is no equals sign in it
            onInvalid      ¦ a=cut               ¦ 'onInvalid' is reject or truncate or null or round, and not 'cut'
            rules          ¦ a not null          ¦ 'rules' cannot have 'a not null': it is not of the form 'column: rule' or 'name = column: rule'
            rules          ¦ a: nonsense         ¦ 'rules' cannot have 'a: nonsense': after the column comes 'not null', 'matches REGEX', 'between A and B' or 'one of A|B'
            rules          ¦ a: not null x       ¦ 'rules' cannot have 'a: not null x': after the column comes 'not null', 'matches REGEX', 'between A and B' or 'one of A|B'
            rules          ¦ a: matches (b       ¦ 'rules' cannot have 'a: matches (b': its regular expression is none: Unclosed group
            rules          ¦ a: matches          ¦ 'rules' cannot have 'a: matches': a value is missing; an empty text is written ""
            rules          ¦ a: matches [^"]+    ¦ 'rules': a double quote is not closed; in quotes a double quote is written twice
            rules          ¦ a: between 1        ¦ 'rules' cannot have 'a: between 1': 'between' has two values with 'and' between them
            rules          ¦ `a: one of b||c`    ¦ 'rules' cannot have 'a: one of b||c': a value is missing; an empty text is written ""
            rules          ¦ `: not null`        ¦ 'rules' cannot have ': not null': a value is missing; an empty text is written ""
            """)
    void whatDoesNotHoldIsNamed(String parameter, String text, String problem) {
        assertThat(problems(Map.of(parameter, text), true)).containsExactly(problem);
    }

    @Test
    void constantsAreNotSpokenOfElsewhere() {
        assertThat(problems(
                        Map.of("constants", "a=1", "columns", "b=A", "formats", "A=x", "onInvalid", "a=null"), true))
                .containsExactly(
                        "'columns' has 'A', whose value is the same for all rows by 'constants'",
                        "'formats' has 'a', whose value is the same for all rows by 'constants'",
                        "'onInvalid' has 'a', whose value is the same for all rows by 'constants'");
    }

    @Test
    void renamesNeedAHeader() {
        assertThat(problems(Map.of("columns", "a=b"), false))
                .containsExactly(
                        "'columns' names columns of the header, and 'header' says that there is none; it can give the"
                                + " names, as in 'id,name,qty'");
    }

    private static ColumnPolicy policy(Map<String, String> parameters) {
        ParameterTexts texts = new ParameterTexts(parameters);
        ColumnPolicy policy = new ColumnParameters(texts, true, null).policy();
        assertThat(texts.problems()).isEmpty();
        return policy;
    }

    private static List<String> problems(Map<String, String> parameters, boolean header) {
        ParameterTexts texts = new ParameterTexts(parameters);
        assertThat(new ColumnParameters(texts, header, null).policy()).isNotNull();
        return texts.problems();
    }
}
