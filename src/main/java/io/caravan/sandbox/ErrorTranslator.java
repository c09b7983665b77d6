package io.caravan.sandbox;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** PostgreSQL's errors in Redshift's words and SQLSTATEs. Details are dropped, as PostgreSQL puts rows into them. */
final class ErrorTranslator {

    private static final Pattern ROLE = Pattern.compile("^role (?=\")");
    private static final Pattern RELATION =
            Pattern.compile("^(permission denied for|must be owner of) (table|view|materialized view|sequence) ");
    private static final Pattern ROLE_STATEMENT = Pattern.compile("^permission denied to (create|alter|drop) role$");
    private static final Pattern AUTHORIZATION =
            Pattern.compile("^(permission denied to set session authorization) .*");

    private ErrorTranslator() {}

    /** Returns the fields of an ErrorResponse by their letter. */
    static Map<Character, String> fields(byte[] body) {
        Map<Character, String> fields = new HashMap<>();
        WireBody in = new WireBody(body);
        for (byte field = in.next(); field != 0; field = in.next()) {
            fields.put((char) field, in.text());
        }
        return fields;
    }

    static SqlError translate(Map<Character, String> fields) {
        String state = fields.getOrDefault('C', "XX000");
        String message = fields.getOrDefault('M', "");
        return switch (state) {
            case "40001" -> new SqlError("XX000", "could not complete because of conflict with concurrent transaction");
            case "21000" ->
                message.startsWith("MERGE")
                        ? new SqlError("XX000", "Found multiple matches to update the same tuple.")
                        : new SqlError(state, message);
            case "23502" ->
                new SqlError("XX000", "Cannot insert a NULL value into column " + fields.getOrDefault('c', "?"));
            case "22001", "23514" -> new SqlError("22001", "Value too long for character type");
            case "22003" -> new SqlError(state, message.startsWith("numeric") ? "Numeric data overflow" : message);
            case "2D000" -> new SqlError("25001", "ALTER TABLE ALTER COLUMN cannot run inside a transaction block");
            case "428C9" -> new SqlError("0A000", "cannot set an identity column to a value");
            case "42501" -> new SqlError(state, denied(message));
            case "42704", "42710" -> new SqlError(state, ROLE.matcher(message).replaceFirst("user "));
            case "42809" ->
                fields.getOrDefault('D', "").contains("materialized views")
                        ? new SqlError(
                                state, message.replace("cannot lock relation", "cannot change materialized view"))
                        : new SqlError(state, message);
            case "2BP01" -> dependent(state, message, fields.getOrDefault('D', ""));
            case "57014" -> new SqlError(state, "Query cancelled on user's request");
            default -> new SqlError(state, message);
        };
    }

    /** PostgreSQL 8 knew no tables in such texts, only relations. */
    private static String denied(String message) {
        String relation = RELATION.matcher(message).replaceFirst("$1 relation ");
        String statement = ROLE_STATEMENT.matcher(relation).replaceFirst("must be superuser to $1 users");
        return AUTHORIZATION.matcher(statement).replaceFirst("$1");
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_DROP_USER.html */
    private static SqlError dependent(String state, String message, String detail) {
        if (!message.startsWith("role ")) {
            return new SqlError(state, message);
        }
        String user = message.substring("role ".length(), message.indexOf(" cannot be dropped"));
        return new SqlError(
                "55006",
                "user " + user + " can't be dropped because the user "
                        + (detail.contains("owner of") ? "owns some object" : "has a privilege on some object"));
    }
}
