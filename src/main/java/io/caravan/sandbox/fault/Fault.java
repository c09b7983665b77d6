package io.caravan.sandbox.fault;

import java.util.Locale;

/**
 * Something that goes wrong at a real Redshift or Data Catalog, to happen once; a {@link Kind#COPY_REFUSAL} happens every time.
 *
 * @param matching part of the text, in any case, that the statement must have; empty for any. For a fault at COMMIT some
 *     statement of the transaction must have it; for a fault in COPY the URL of a data file, or the field that is refused
 * @param record record of the data file that fails, counted from 1; 0 unless the kind is {@link Kind#COPY_ERROR}
 * @param code number of the load error; 0 unless the kind is {@link Kind#COPY_ERROR} or {@link Kind#COPY_REFUSAL}
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_Load_Error_Reference.html">Load errors</a>
 */
public record Fault(Kind kind, String matching, long record, int code) {

    /** What goes wrong. */
    public enum Kind {
        /** The statement is refused: serializable isolation violation. */
        SERIALIZABLE_VIOLATION,
        /** The statement is refused: its transaction was chosen to end a deadlock. */
        DEADLOCK,
        /** The statement is refused: another transaction wrote the table after this one's snapshot. */
        CONFLICT,
        /** The connection is cut when COMMIT arrives: nothing is committed. */
        DROP_BEFORE_COMMIT,
        /** The connection is cut once COMMIT is carried out: all is committed, and the client does not know. */
        DROP_AFTER_COMMIT,
        /** The connection is cut amid the data of a COPY. */
        DROP_IN_COPY,
        /** A statement that writes is refused, as during an elastic resize. */
        RESIZE,
        /** The statement is cancelled. */
        CANCELLED,
        /** The session is ended by an administrator. */
        TERMINATED,
        /** The statement finds the disks full. */
        DISK_FULL,
        /** The role that COPY takes on may not read. */
        COPY_DENIED,
        /** A record of a data file is refused by COPY. */
        COPY_ERROR,
        /** Every record with such a field is refused by every COPY from now on. */
        COPY_REFUSAL,
        /** Glue says that there are too many calls. */
        CATALOG_THROTTLED,
        /** Glue fails inside. */
        CATALOG_FAILED,
        /** Glue gives up a call that takes it too long. */
        CATALOG_TIMEOUT,
        /** Glue says that somebody else changes the table. */
        CATALOG_CONFLICT,
        /** Lake Formation refuses the call. */
        CATALOG_DENIED,
        /** The connection to Glue is cut once the call is carried out. */
        CATALOG_CUT,
        /** Passwords of connections are encrypted with a key that nobody here may use, from now on. */
        CATALOG_ENCRYPTED;

        /** Returns whether it goes wrong at the Data Catalog; what it matches is an operation's name. */
        public boolean isOfCatalog() {
            return name().startsWith("CATALOG_");
        }
    }

    /** Returns a fault of the next statement that it fits. */
    public static Fault of(Kind kind) {
        return of(kind, "");
    }

    /** Returns a fault of the next statement that has this text. */
    public static Fault of(Kind kind, String matching) {
        return new Fault(kind, matching, 0, 0);
    }

    /** Returns a fault of the next COPY that comes to this record of a file that has the text in its URL. */
    public static Fault copyError(String file, long record, int code) {
        return new Fault(Kind.COPY_ERROR, file, record, code);
    }

    /** Returns a fault of every COPY that comes to a record with this text in a field. */
    public static Fault copyRefusal(String text, int code) {
        return new Fault(Kind.COPY_REFUSAL, text, 0, code);
    }

    /**
     * Reads what SET caravan.fail_next was given: the kind and what to match, {@code copy_error CODE RECORD FILE} or
     * {@code copy_refusal CODE TEXT}.
     *
     * @throws IllegalArgumentException if there is no such kind, CODE or RECORD is not a number, or TEXT is missing
     */
    public static Fault parse(String text) {
        String[] words = text.strip().split("\\s+", 2);
        Kind kind = Kind.valueOf(words[0].toUpperCase(Locale.ROOT));
        String rest = words.length == 1 ? "" : words[1];
        return switch (kind) {
            case COPY_ERROR -> {
                String[] parts = parts(rest, 3);
                yield copyError(
                        parts.length == 2 ? "" : parts[2], Long.parseLong(parts[1]), Integer.parseInt(parts[0]));
            }
            case COPY_REFUSAL -> {
                String[] parts = parts(rest, 2);
                yield copyRefusal(parts[1], Integer.parseInt(parts[0]));
            }
            default -> of(kind, rest);
        };
    }

    private static String[] parts(String text, int most) {
        String[] parts = text.split("\\s+", most);
        if (parts.length < 2) {
            throw new IllegalArgumentException(text);
        }
        return parts;
    }

    public boolean matches(String text) {
        return text.toLowerCase(Locale.ROOT).contains(matching.toLowerCase(Locale.ROOT));
    }

    /** Returns what the client is told; not for faults that cut the connection or are in COPY. */
    public SqlError error() {
        return switch (kind) {
            // https://docs.aws.amazon.com/redshift/latest/dg/c_serial_isolation-serializable-isolation-troubleshooting.html
            case SERIALIZABLE_VIOLATION -> new SqlError("XX000", "1023");
            case DEADLOCK -> new SqlError("40P01", "deadlock detected");
            case CONFLICT ->
                new SqlError("XX000", "could not complete because of conflict with concurrent transaction");
            case RESIZE -> new SqlError("XX000", "Cannot execute write query because system is in resize mode");
            case CANCELLED -> new SqlError("57014", "Query cancelled on user's request");
            case TERMINATED -> new SqlError("57P01", "terminating connection due to administrator command");
            case COPY_DENIED ->
                new SqlError(
                        "XX000",
                        "S3ServiceException:Access Denied,Status 403,Error AccessDenied,Rid 0000000000000000,CanRetry 1");
            case DISK_FULL -> new SqlError("XX000", "Disk Full");
            default -> throw new IllegalStateException(kind + " has no text");
        };
    }
}
