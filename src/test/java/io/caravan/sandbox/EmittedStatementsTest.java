package io.caravan.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.sandbox.fault.Flavour;
import io.caravan.sandbox.grammar.StatementJudge;
import io.caravan.sandbox.grammar.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Caravan says to Redshift passes the allow-list of both kinds of it. */
class EmittedStatementsTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\?");

    @Test
    void everyStatementPasses() throws IOException {
        List<String> statements = statements();

        assertThat(statements).hasSizeGreaterThan(50);
        for (Flavour flavour : Flavour.values()) {
            StatementJudge judge = new StatementJudge(flavour);
            assertThat(statements)
                    .allSatisfy(sql -> assertThat(judge.judge(sql)).as(sql).isNotInstanceOf(Verdict.Refuse.class));
        }
    }

    private static List<String> statements() throws IOException {
        try (InputStream in = requireNonNull(
                EmittedStatementsTest.class.getResourceAsStream("/io/caravan/redshift/sql/statements.txt"))) {
            return Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n\n", -1))
                    .filter(block -> block.startsWith("-- "))
                    .map(block -> block.substring(block.indexOf('\n') + 1))
                    .map(EmittedStatementsTest::asTheDriverSendsIt)
                    .toList();
        }
    }

    private static String asTheDriverSendsIt(String sql) {
        int[] number = {0};
        return PLACEHOLDER.matcher(sql).replaceAll(mark -> "\\$" + ++number[0]);
    }
}
