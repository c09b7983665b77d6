package io.caravan.sandbox.query;

import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.Statement;
import io.caravan.sandbox.token.Token;
import java.util.List;
import java.util.Set;

/**
 * Puts the sandbox's own views in the place of those catalogues of PostgreSQL that show what Redshift's do not: they know the
 * keys and the old columns, and hide what the sandbox needs for itself.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/c_intro_catalog_views.html">System catalog tables</a>
 */
public final class Catalogue {

    private static final Set<String> TABLES = Set.of(
            "pg_class",
            "pg_attribute",
            "pg_attrdef",
            "pg_constraint",
            "pg_database",
            "pg_depend",
            "pg_index",
            "pg_namespace",
            "pg_proc",
            "pg_roles");

    private static final Set<String> FUNCTIONS = Set.of("pg_get_constraintdef", "pg_get_expr", "pg_get_indexdef");

    private static final Set<String> INFORMATION =
            Set.of("tables", "columns", "schemata", "views", "table_constraints", "key_column_usage");

    private Catalogue() {}

    /** Returns whether the sandbox has a function of its own in this one's place. */
    static boolean replaces(Token function) {
        return FUNCTIONS.contains(function.text());
    }

    public static void rewrite(Statement statement, Edits edits) {
        List<Token> tokens = statement.tokens();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (!token.isName()) {
                continue;
            }
            boolean function = replaces(token) && statement.token(i + 1).isSymbol("(");
            boolean qualified = i > 1 && tokens.get(i - 1).isSymbol(".");
            if (function || TABLES.contains(token.text())) {
                if (qualified) {
                    if (tokens.get(i - 2).text().equals("pg_catalog")) {
                        edits.replace(tokens.get(i - 2), "sandbox_internal");
                    }
                } else if (function || table(statement, i)) {
                    edits.replace(token, "sandbox_internal." + token.text());
                }
            } else if (qualified
                    && INFORMATION.contains(token.text())
                    && tokens.get(i - 2).text().equals("information_schema")) {
                edits.replace(tokens.get(i - 2), "sandbox_information");
            }
        }
    }

    private static boolean table(Statement statement, int at) {
        if (at == 0) {
            return false;
        }
        Token before = statement.tokens().get(at - 1);
        return before.isWord("from") || before.isWord("join") || before.isSymbol(",") || before.isSymbol("(");
    }
}
