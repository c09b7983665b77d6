package io.caravan.sandbox;

/**
 * What an ErrorResponse tells the client.
 *
 * @param sqlState five characters
 */
record SqlError(String sqlState, String message) {

    static final String SYNTAX = "42601";

    static SqlError syntax(String near) {
        return new SqlError(SYNTAX, "syntax error at or near \"" + near + "\"");
    }

    static SqlError unsupported(String what) {
        return new SqlError("0A000", what + " is not supported by the sandbox");
    }
}
