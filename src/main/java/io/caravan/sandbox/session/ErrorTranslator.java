package io.caravan.sandbox.session;

import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.query.Documented;
import io.caravan.sandbox.wire.WireBody;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PostgreSQL's errors in Redshift's words and SQLSTATEs. Details are dropped, as PostgreSQL puts rows into them. */
final class ErrorTranslator {

    private static final Pattern MISSING =
            Pattern.compile("relation \"(?:pg_catalog\\.)?([a-z0-9_]+)\" does not exist");

    /** What PostgreSQL says where one of the types got text that has no type yet. */
    private static final String NO_LITERAL = "cannot accept a value of type pg_node_tree";

    private static final SqlError NO_TEXT =
            SqlError.unsupported("text without a function as a SUPER, VARBYTE, GEOMETRY, GEOGRAPHY or HLLSKETCH");

    /** What stands before the names of functions that are not PostgreSQL's. */
    private static final Pattern OWN = Pattern.compile("\\b(?:sandbox_internal|pg_sandbox_window)\\.");

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
            case "22003" -> new SqlError(state, overflow(message));
            case "2D000" -> new SqlError("25001", "ALTER TABLE ALTER COLUMN cannot run inside a transaction block");
            case "428C9" -> new SqlError("0A000", "cannot set an identity column to a value");
            case "57P05", "25P03" -> new SqlError("57P01", "terminating connection due to session timeout");
            case "42501" -> new SqlError(state, denied(message));
            case "42704", "42710" -> new SqlError(state, ROLE.matcher(message).replaceFirst("user "));
            case "42809" ->
                fields.getOrDefault('D', "").contains("materialized views")
                        ? new SqlError(
                                state, message.replace("cannot lock relation", "cannot change materialized view"))
                        : new SqlError(state, message);
            case "2BP01" -> dependent(state, message, fields.getOrDefault('D', ""));
            case "57014" -> new SqlError(state, "Query cancelled on user's request");
            case "0A000" -> message.equals(NO_LITERAL) ? NO_TEXT : new SqlError(state, message);
            case "42P01" -> missing(message);
            case "42883" -> new SqlError(state, OWN.matcher(message).replaceAll(""));
            default -> new SqlError(state, message);
        };
    }

    private static String overflow(String message) {
        if (message.startsWith("numeric")) {
            return "Numeric data overflow";
        }
        return message.equals("bigint out of range")
                ? "Overflow (Long valid range " + Long.MIN_VALUE + " to " + Long.MAX_VALUE + ")"
                : message;
    }

    /** Tells a system view that the sandbox has not built from a table that does not exist. */
    private static SqlError missing(String message) {
        Matcher relation = MISSING.matcher(message);
        return relation.matches() && Documented.view(relation.group(1))
                ? SqlError.unsupported("system view " + relation.group(1))
                : new SqlError("42P01", message);
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
