package io.caravan.sandbox.grammar;

import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.Statement;
import io.caravan.sandbox.token.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Queries of the catalogue alone, which Redshift's leader node runs by itself. It is a PostgreSQL 8 in all of this: arrays and
 * functions that tables may not be asked with are there. The driver's own questions and those of psql need them.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/c_SQL_functions_leader_node_only.html">Leader node-only functions</a>
 */
public final class LeaderNode {

    /** Between whose parentheses FROM and FOR are no clauses. */
    private static final Set<String> FROM_INSIDE = Set.of("substring", "trim", "extract", "overlay");

    private LeaderNode() {}

    /** Returns whether whatever stands behind FROM and JOIN is of the catalogue, or in parentheses. */
    static boolean runs(Statement query) {
        List<Token> tokens = query.tokens();
        Deque<Boolean> calls = new ArrayDeque<>();
        boolean reads = false;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.isSymbol("(")) {
                calls.push(i > 0 && FROM_INSIDE.contains(tokens.get(i - 1).text()));
            } else if (token.isSymbol(")")) {
                calls.poll();
            } else if (!Boolean.TRUE.equals(calls.peek())) {
                if (token.isWord("for") || token.isWord("into")) {
                    return false;
                }
                if ((token.isWord("from") && !distinct(tokens, i)) || token.isWord("join")) {
                    Token table = query.token(i + 1);
                    if (catalogue(table)) {
                        reads = true;
                    } else if (!table.isSymbol("(") && !table.isWord("generate_series")) {
                        return false;
                    }
                }
            }
        }
        return reads || asksNoTable(query);
    }

    /** {@code SELECT pg_catalog.pg_get_viewdef('1'::pg_catalog.oid)}, as psql asks. */
    private static boolean asksNoTable(Statement query) {
        return query.tokens().stream().noneMatch(token -> token.isWord("from"))
                && query.tokens().stream().anyMatch(token -> token.isWord("pg_catalog"));
    }

    /** Puts into PostgreSQL's words what it has forgotten since its version 8. */
    static void rewrite(Statement query, Edits edits) {
        List<Token> tokens = query.tokens();
        Deque<Token> cases = new ArrayDeque<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean call = query.token(i + 1).isSymbol("(");
            if (token.isWord("isnull") && call) {
                edits.replace(token, "coalesce");
            } else if (call && (token.isWord("charindex") || token.isWord("regexp_replace"))) {
                edits.replace(token, "sandbox_internal." + token.text());
            } else if (token.isWord("case")) {
                cases.push(token);
            } else if (token.isWord("generate_series") && !cases.isEmpty()) {
                // A set inside of CASE: the CASE chooses an array, which then becomes the set.
                edits.replace(token, "sandbox_internal.series");
                edits.replace(cases.peek(), "pg_catalog.unnest(CASE");
            } else if (token.isWord("end") && !cases.isEmpty()) {
                Token begin = cases.pop();
                if (edits.has(begin)) {
                    edits.replace(token, "END)");
                }
            }
        }
    }

    /** IS DISTINCT FROM. */
    private static boolean distinct(List<Token> tokens, int from) {
        return from > 0 && tokens.get(from - 1).isWord("distinct");
    }

    private static boolean catalogue(Token table) {
        return table.isName()
                && (table.text().startsWith("pg_")
                        || table.text().startsWith("svv_")
                        || table.text().equals("information_schema"));
    }
}
