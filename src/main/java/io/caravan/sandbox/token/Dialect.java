package io.caravan.sandbox.token;

import io.caravan.sandbox.fault.SqlError;
import java.util.function.Consumer;

/**
 * What holds for words anywhere in a statement.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_names.html">Names and identifiers</a>
 */
public final class Dialect {

    /** Server and driver count the binds in a signed 16-bit number. */
    private static final int MAX_BINDS = 32_767;

    private Dialect() {}

    /** Rewrites, and tells of each name that is {@linkplain LongNames shorter} for PostgreSQL what it is in full. */
    public static void rewrite(Statement statement, Edits edits, Consumer<String> longNames) {
        Token before = statement.token(0);
        for (Token token : statement.tokens()) {
            if (token.isName() && !token.text().equals(token.inFull())) {
                longNames.accept(token.inFull());
                edits.replace(token, token.quoted());
            } else if (token.kind() == Token.Kind.QUOTED && !token.raw().equals(token.quoted())) {
                // Redshift folds ASCII letters even in quotes.
                edits.replace(token, token.quoted());
            } else if (token.kind() == Token.Kind.PARAMETER) {
                parameter(token);
            } else if (token.isSymbol("#")) {
                throw new RefusedException(SqlError.unsupported("#table"));
            }
            if (before.kind() == Token.Kind.NUMBER
                    && token.kind() == Token.Kind.WORD
                    && before.end() == token.start()) {
                // PostgreSQL wants a blank between 1 and WHEN.
                edits.replace(before, before.raw() + " ");
            }
            before = token;
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
