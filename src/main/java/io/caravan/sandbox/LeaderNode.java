package io.caravan.sandbox;

import java.util.List;

/**
 * Queries of the catalogue alone, which Redshift's leader node runs by itself. It is a PostgreSQL 8 in all of this: arrays and
 * functions that tables may not be asked with are there. The driver's own questions need them.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/c_SQL_functions_leader_node_only.html">Leader node-only functions</a>
 */
final class LeaderNode {

    private LeaderNode() {}

    /** Returns whether whatever stands behind FROM and JOIN is of the catalogue, or in parentheses. */
    static boolean runs(Statement query) {
        List<Token> tokens = query.tokens();
        boolean reads = false;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.isWord("for") || token.isWord("into")) {
                return false;
            }
            if (token.isWord("from") || token.isWord("join")) {
                Token table = query.token(i + 1);
                if (catalogue(table)) {
                    reads = true;
                } else if (!table.isSymbol("(")) {
                    return false;
                }
            }
        }
        return reads;
    }

    private static boolean catalogue(Token table) {
        return table.isName()
                && (table.text().startsWith("pg_")
                        || table.text().startsWith("svv_")
                        || table.text().equals("information_schema"));
    }
}
