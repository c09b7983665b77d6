package io.caravan.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.sandbox.fault.Flavour;
import io.caravan.sandbox.grammar.StatementJudge;
import io.caravan.sandbox.grammar.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One statement, one verdict, as {@code verdicts.txt} has them: a page of Redshift's documentation, then what it allows
 * ({@code +}) and what it does not ({@code -}, with SQLSTATE and message on the next line).
 */
final class VerdictsTest {

    private record Case(String page, Flavour flavour, String sql, String expected) {

        @Override
        public String toString() {
            return sql + " -> " + expected + " (" + page + ")";
        }
    }

    static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        String page = "";
        Flavour flavour = Flavour.PROVISIONED;
        String refused = "";
        for (String line : lines()) {
            if (line.startsWith("http")) {
                page = line;
                flavour = Flavour.PROVISIONED;
            } else if (line.equals("serverless")) {
                flavour = Flavour.SERVERLESS;
            } else if (line.startsWith("+ ")) {
                cases.add(new Case(page, flavour, line.substring(2), "passes"));
            } else if (line.startsWith("- ")) {
                refused = line.substring(2);
            } else if (!line.isBlank()) {
                cases.add(new Case(page, flavour, refused, line.strip()));
            }
        }
        return cases;
    }

    private static List<String> lines() throws IOException {
        try (InputStream in = requireNonNull(VerdictsTest.class.getResourceAsStream("verdicts.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void redshiftsPageIsFollowed(Case statement) {
        Verdict verdict = new StatementJudge(statement.flavour()).judge(statement.sql());

        assertThat(
                        verdict instanceof Verdict.Refuse refuse
                                ? refuse.error().sqlState() + " "
                                        + refuse.error().message()
                                : "passes")
                .isEqualTo(statement.expected());
    }
}
