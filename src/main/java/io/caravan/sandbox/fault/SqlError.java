package io.caravan.sandbox.fault;

/**
 * What an ErrorResponse tells the client.
 *
 * @param sqlState five characters
 */
public record SqlError(String sqlState, String message) {

    public static final String SYNTAX = "42601";

    public static SqlError syntax(String near) {
        return new SqlError(SYNTAX, "syntax error at or near \"" + near + "\"");
    }

    public static SqlError unsupported(String what) {
        return new SqlError("0A000", what + " is not supported by the sandbox");
    }
}
