package io.caravan.sandbox;

import java.util.Set;

/**
 * What PostgreSQL accepts anywhere in a statement and Redshift does not.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html">the list</a>
 */
final class Refusals {

    /** Server and driver count the binds in a signed 16-bit number. */
    private static final int MAX_BINDS = 32_767;

    private static final Set<String> WORDS = Set.of("returning", "lateral", "tablesample", "jsonb", "bytea");

    private static final Set<String> FUNCTIONS = Set.of(
            "string_agg",
            "array_agg",
            "clock_timestamp",
            "statement_timestamp",
            "now",
            "pg_sleep",
            "nextval",
            "setval",
            "gen_random_uuid",
            "to_jsonb",
            "unnest",
            "set_config");

    private static final Set<String> SYSTEM_COLUMNS = Set.of("ctid", "xmin", "xmax", "cmin", "cmax", "tableoid");

    private Refusals() {}

    static void check(Statement statement) {
        for (int i = 0; i < statement.tokens().size(); i++) {
            Token token = statement.token(i);
            if (token.kind() == Token.Kind.WORD) {
                word(statement, i, token);
            } else if (token.kind() == Token.Kind.PARAMETER) {
                parameter(token);
            } else if (token.isSymbol("[")) {
                throw RefusedException.near(token);
            }
        }
    }

    private static void word(Statement in, int i, Token token) {
        Token next = in.token(i + 1);
        String text = token.text();
        boolean refused = WORDS.contains(text)
                || SYSTEM_COLUMNS.contains(text)
                || (text.equals("on") && next.isWord("conflict"))
                || (text.equals("distinct") && next.isWord("from"))
                || (text.equals("distinct")
                        && next.isWord("on")
                        && in.token(i + 2).isSymbol("("))
                || (text.equals("for") && lockMode(next))
                || (text.equals("filter")
                        && next.isSymbol("(")
                        && in.token(i + 2).isWord("where"))
                || (text.equals("values") && i > 0 && in.token(i - 1).isSymbol("("))
                || (text.equals("array") && next.isSymbol("["));
        if (text.equals("distinct") && next.isWord("on") && refused) {
            throw new RefusedException(new SqlError("0A000", "SELECT DISTINCT ON is not supported"));
        }
        if (refused) {
            throw RefusedException.near(token);
        }
        if (next.isSymbol("(")
                && (FUNCTIONS.contains(text) || text.startsWith("pg_advisory") || text.startsWith("pg_try_"))) {
            throw new RefusedException(new SqlError("42883", "function " + text + "() does not exist"));
        }
    }

    private static boolean lockMode(Token next) {
        return next.isWord("update") || next.isWord("share") || next.isWord("no") || next.isWord("key");
    }

    private static void parameter(Token token) {
        int number = token.raw().length() > 7
                ? Integer.MAX_VALUE
                : Integer.parseInt(token.raw().substring(1));
        if (number > MAX_BINDS) {
            throw new RefusedException(new SqlError("42P02", "there is no parameter $-32768"));
        }
    }
}
