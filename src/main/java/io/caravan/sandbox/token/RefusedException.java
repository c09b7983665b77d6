package io.caravan.sandbox.token;

import io.caravan.sandbox.fault.SqlError;

/** Redshift would refuse this statement, or the sandbox cannot say what Redshift would do. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient SqlError error;

    public RefusedException(SqlError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    public static RefusedException near(Token token) {
        return new RefusedException(
                token.kind() == Token.Kind.END
                        ? new SqlError("42601", "syntax error at end of input")
                        : SqlError.syntax(token.raw()));
    }

    public SqlError error() {
        return error;
    }
}
