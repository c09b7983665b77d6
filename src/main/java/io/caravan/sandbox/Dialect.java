package io.caravan.sandbox;

import java.nio.charset.StandardCharsets;

/**
 * What holds for words anywhere in a statement.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_names.html">Names and identifiers</a>
 */
final class Dialect {

    /** Server and driver count the binds in a signed 16-bit number. */
    private static final int MAX_BINDS = 32_767;

    private static final int MAX_NAME = 127;

    /** PostgreSQL cuts what is longer, and might mix two names up. */
    private static final int MAX_NAME_IN_POSTGRESQL = 63;

    /** The sandbox has this catalog table under another name, with the defaults that identities have in Redshift. */
    private static final String DEFAULTS = "pg_attrdef";

    private Dialect() {}

    static void rewrite(Statement statement, Edits edits) {
        for (Token token : statement.tokens()) {
            if (token.isName()) {
                length(token);
            }
            if (token.isWord(DEFAULTS)) {
                edits.replace(token, "sandbox_attrdef");
            } else if (token.kind() == Token.Kind.QUOTED && !token.raw().equals(token.quoted())) {
                // Redshift folds ASCII letters even in quotes.
                edits.replace(token, token.quoted());
            } else if (token.kind() == Token.Kind.PARAMETER) {
                parameter(token);
            } else if (token.isSymbol("#")) {
                throw new RefusedException(SqlError.unsupported("#table"));
            }
        }
    }

    private static void length(Token token) {
        int bytes = token.text().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_NAME) {
            throw new RefusedException(new SqlError("42622", "identifier of " + bytes + " bytes; Redshift takes 127"));
        }
        if (bytes > MAX_NAME_IN_POSTGRESQL) {
            throw new RefusedException(new SqlError(
                    "42622", "identifier of " + bytes + " bytes; more than 63 bytes is a limit of the sandbox"));
        }
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
