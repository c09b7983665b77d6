package io.caravan.redshift.connection;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RetryableException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Translates the warehouse's failures into exceptions with a reaction.
 *
 * <p>Redshift's SQLSTATE XX000 is a catch-all, so most failures are distinguished by their text. The server's message is
 * repeated only where it cannot hold values of rows.
 */
public final class RedshiftFailures {

    /**
     * What a kind of failure looks like.
     *
     * @param states how its SQLSTATE begins; any of them
     * @param text what its message has, in lower case
     */
    private record Rule(ErrorCode code, Pattern states, Pattern text) {

        boolean matches(String state, String message) {
            return states.matcher(state).lookingAt() && text.matcher(message).find();
        }
    }

    /** The first that matches counts; what matches none is {@link ErrorCode#WAREHOUSE_FAILED}. */
    private static final List<Rule> RULES = List.of(
            state(ErrorCode.WAREHOUSE_LOGIN, "28|3D000"),
            // First, as the text may hold a value that reads like something else.
            state(ErrorCode.WAREHOUSE_DATA, "22|23"),
            // https://docs.aws.amazon.com/redshift/latest/dg/system-tables-for-troubleshooting-data-loads.html
            text(
                    ErrorCode.WAREHOUSE_REFUSED_ROWS,
                    "load into table .* failed.*(stl_load_errors|sys_load_error_detail)"),
            text(ErrorCode.WAREHOUSE_DATA, "load into table .* failed|multiple matches to update the same tuple"),
            text(ErrorCode.WAREHOUSE_DATA, "cannot insert a null|numeric data overflow|value too long|invalid digit"),
            // S3 asks for patience, of COPY too; a token that has expired is a new one at the next try.
            text(
                    ErrorCode.OBJECT_STORE_FAILED,
                    "s3serviceexception[^\n]*(status 5\\d\\d|slowdown|internalerror|requesttimeout|expiredtoken)"
                            + "|mandatory url is not present"),
            text(ErrorCode.OBJECT_STORE_UNREACHABLE, "s3curlexception"),
            new Rule(ErrorCode.STAGING_UNREADABLE, Pattern.compile(""), StagingFault.any()),
            state(ErrorCode.WAREHOUSE_DENIED, "42501"),
            text(ErrorCode.WAREHOUSE_DENIED, "permission denied|must be owner of"),
            // https://docs.aws.amazon.com/redshift/latest/dg/c_serial_isolation-serializable-isolation-troubleshooting.html
            text(ErrorCode.WAREHOUSE_CONFLICT, "serializable isolation violation|conflict with concurrent transaction"),
            text(ErrorCode.WAREHOUSE_CONFLICT, "could not open relation with oid"),
            // 1023 is the violation, 1018 a relation that was replaced after the transaction's snapshot.
            text(ErrorCode.WAREHOUSE_CONFLICT, "^(error: *)?(1023|1018)\\b"),
            state(ErrorCode.WAREHOUSE_CONFLICT, "40"),
            text(ErrorCode.WAREHOUSE_BUSY, "resize mode"),
            state(ErrorCode.WAREHOUSE_BUSY, "53300"),
            text(ErrorCode.WAREHOUSE_DISK_FULL, "disk full"),
            state(ErrorCode.WAREHOUSE_DISK_FULL, "53100"),
            state(ErrorCode.WAREHOUSE_CANCELLED, "57014"),
            text(ErrorCode.WAREHOUSE_CANCELLED, "system requested abort"),
            state(ErrorCode.WAREHOUSE_UNREACHABLE, "08|57P"),
            state(ErrorCode.TARGET_NOT_FOUND, "42P01|3F000"),
            state(ErrorCode.WAREHOUSE_STATEMENT, "42|2BP01|0A000|25001"));

    /** What Redshift says of bad data without quoting it. */
    private static final Pattern QUOTES_NOTHING = Pattern.compile(
            "load into table '[^']*' failed|multiple matches|cannot insert a null|numeric data overflow");

    /** How the driver begins to tell of every exception that it did not think of. */
    private static final String UNEXPECTED = "Something unusual has occurred";

    /** How the SDK begins to tell that its default chain has none; what follows are some thousand characters. */
    private static final String NO_CREDENTIALS = "Unable to load credentials";

    private RedshiftFailures() {}

    /**
     * Translates a failure.
     *
     * @param doing the action that failed, as in "failed while " + doing
     */
    public static CaravanException translate(String doing, SQLException failure) {
        // The pool wraps what the password's own source says.
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CaravanException known) {
                return known;
            }
        }
        SQLException root = root(failure);
        String state = root.getSQLState() == null ? "" : root.getSQLState();
        String text = text(root);
        ErrorCode code = code(failure, state, text.toLowerCase(Locale.ROOT));
        boolean quotes = holdsValues(code, text);
        String message = "Redshift failed while " + doing + ": " + explain(code, state, quotes ? "" : firstLine(text));
        // The driver's batch exceptions hold the values of rows, so they are not even kept as a cause.
        Throwable cause = quotes || failure instanceof BatchUpdateException ? null : failure;
        return switch (code.reaction()) {
            case FATAL -> new InvalidConfigurationException(code, message, cause);
            default -> new RetryableException(code, message, cause);
        };
    }

    /** Translates an exception from a feed's own SQL. */
    public static CaravanException ofScript(RuntimeException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return translate("running the feed's own SQL", sql);
            }
            if (cause instanceof CaravanException known) {
                return known;
            }
        }
        throw failure;
    }

    /** Returns whether the connection died, so that the outcome of the last statement is unknown. */
    public static boolean isConnectionLost(SQLException failure) {
        String state = root(failure).getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("57P");
    }

    /** The pool and the driver wrap; the first exception with a state of the server's knows best. */
    private static SQLException root(SQLException failure) {
        SQLException best = failure.getNextException() != null ? failure.getNextException() : failure;
        for (@Nullable Throwable cause = best.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                best = sql;
            }
        }
        return best;
    }

    private static String text(SQLException failure) {
        String text = failure.getMessage() == null ? "" : failure.getMessage();
        Throwable reason = failure.getCause();
        return text.startsWith(UNEXPECTED) && reason != null && reason.getMessage() != null
                ? reason.getMessage()
                : text;
    }

    private static ErrorCode code(SQLException failure, String state, String text) {
        // The pool's own words; if it could not connect, it has the reason as a cause.
        if (failure instanceof SQLTransientConnectionException && state.isEmpty()) {
            return ErrorCode.WAREHOUSE_POOL_EXHAUSTED;
        }
        return RULES.stream()
                .filter(rule -> rule.matches(state, text))
                .findFirst()
                .map(Rule::code)
                .orElse(ErrorCode.WAREHOUSE_FAILED);
    }

    private static String explain(ErrorCode code, String state, String text) {
        return switch (code) {
            case WAREHOUSE_LOGIN ->
                "it refused the login (" + text
                        + "); check caravan.warehouse.url, caravan.warehouse.user and caravan.warehouse.password";
            case WAREHOUSE_DENIED ->
                text
                        + (text.contains("must be owner")
                                ? "; let the user of caravan.warehouse.user own it"
                                : "; grant it to the user of caravan.warehouse.user")
                        + " ('caravan check' prints the statement)";
            case STAGING_UNREADABLE ->
                text
                        + StagingFault.of(text.toLowerCase(Locale.ROOT))
                                .map(fault -> "; " + fault.remedy())
                                .orElse("");
            case OBJECT_STORE_UNREACHABLE ->
                text
                        + "; if it stays, give Redshift a way to S3: with enhanced VPC routing it needs an endpoint of its own";
            case WAREHOUSE_UNREACHABLE -> text + "; check caravan.warehouse.url and the network";
            case WAREHOUSE_POOL_EXHAUSTED ->
                "every connection is in use (" + text
                        + "); raise caravan.warehouse.pool-size to more than the feeds that load at the same time";
            case WAREHOUSE_DISK_FULL -> text + "; free space, or load less at a time with the feed's maxBytesPerLoad";
            case WAREHOUSE_CANCELLED ->
                text + ", SQLSTATE " + state
                        + "; a limit of its workload management or statement_timeout may be too low for the feed's loads";
            case WAREHOUSE_FAILED ->
                text.startsWith(NO_CREDENTIALS)
                        ? "the driver found no AWS credentials for caravan.warehouse.url; give Caravan a role, or set"
                                + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                        : withState(text, state);
            default -> withState(text, state);
        };
    }

    private static String withState(String text, String state) {
        return (text.isEmpty() ? "SQLSTATE " : text + ", SQLSTATE ") + state;
    }

    private static boolean holdsValues(ErrorCode code, String text) {
        return code == ErrorCode.WAREHOUSE_DATA
                && !QUOTES_NOTHING.matcher(text.toLowerCase(Locale.ROOT)).find();
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("no reason given").strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    private static Rule state(ErrorCode code, String states) {
        return new Rule(code, Pattern.compile(states), Pattern.compile(""));
    }

    private static Rule text(ErrorCode code, String text) {
        return new Rule(code, Pattern.compile(""), Pattern.compile(text));
    }
}
