package io.caravan.redshift;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RetryableException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one place where the warehouse's failures get their reaction.
 *
 * <p>Redshift's SQLSTATE XX000 is a catch-all, so some are told apart by their text. What the server says is repeated only
 * where it cannot hold values of rows.
 */
final class Failures {

    /** A COPY that refuses rows names one of them, whichever kind of Redshift it is. */
    private static final List<String> LOAD_ERROR_VIEWS = List.of("stl_load_errors", "sys_load_error_detail");

    private Failures() {}

    /**
     * Translates a failure.
     *
     * @param doing what was being done, as in "failed while " + doing
     */
    static CaravanException translate(String doing, SQLException failure) {
        SQLException root = root(failure);
        String state = root.getSQLState() == null ? "" : root.getSQLState();
        String text = root.getMessage() == null ? "" : root.getMessage();
        ErrorCode code = code(state, text.toLowerCase(Locale.ROOT));
        String message = "Redshift failed while " + doing + ": " + explain(code, state, text);
        // The driver's batch exceptions hold the values of rows, so they are not even kept as a cause.
        Throwable cause = holdsValues(state) || failure instanceof BatchUpdateException ? null : failure;
        return switch (code.reaction()) {
            case FATAL -> new InvalidConfigurationException(code, message, cause);
            default -> new RetryableException(code, message, cause);
        };
    }

    /** Translates what came out of a feed's own SQL. */
    static CaravanException ofScript(RuntimeException failure) {
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

    /** Returns whether the connection died, so that the outcome of what was sent is not known. */
    static boolean isConnectionLost(SQLException failure) {
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

    private static ErrorCode code(String state, String text) {
        if (state.startsWith("28") || state.equals("3D000")) {
            return ErrorCode.WAREHOUSE_LOGIN;
        }
        if (state.equals("42501") || text.contains("permission denied") || text.contains("must be owner")) {
            return ErrorCode.WAREHOUSE_DENIED;
        }
        // https://docs.aws.amazon.com/redshift/latest/dg/system-tables-for-troubleshooting-data-loads.html
        if (text.contains("load into table") && LOAD_ERROR_VIEWS.stream().anyMatch(text::contains)) {
            return ErrorCode.WAREHOUSE_REFUSED_ROWS;
        }
        if (state.equals("42P01") || state.equals("3F000")) {
            return ErrorCode.TARGET_NOT_FOUND;
        }
        if (state.equals("40P01")
                || state.startsWith("40")
                || (state.equals("XX000") && text.contains("1023"))
                || text.contains("conflict with concurrent transaction")
                || text.contains("could not open relation with oid")) {
            return ErrorCode.WAREHOUSE_CONFLICT;
        }
        if (state.startsWith("08") || state.startsWith("57P") || text.contains("resize mode")) {
            return ErrorCode.WAREHOUSE_UNREACHABLE;
        }
        return ErrorCode.WAREHOUSE_FAILED;
    }

    private static String explain(ErrorCode code, String state, String text) {
        return switch (code) {
            case WAREHOUSE_LOGIN ->
                "it refused the login (" + firstLine(text)
                        + "); check caravan.warehouse.url, caravan.warehouse.user and caravan.warehouse.password";
            case WAREHOUSE_DENIED -> firstLine(text) + "; grant it to the user of caravan.warehouse.user";
            case WAREHOUSE_UNREACHABLE -> firstLine(text) + "; check caravan.warehouse.url and the network";
            default -> (holdsValues(state) ? "SQLSTATE " : firstLine(text) + ", SQLSTATE ") + state;
        };
    }

    /** Class 22 is about data, and its messages quote it. */
    private static boolean holdsValues(String state) {
        return state.startsWith("22");
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("no reason given").strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
