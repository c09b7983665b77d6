package io.caravan.redshift.sql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version of a target's ledger. The comment of its objects table says it: so the catalog has it, beside the columns, and one
 * query reads both.
 *
 * @param number grows by one with each change of what the tables hold or mean
 * @param usableFrom the lowest version that a release may know and still load by this ledger; of each release's own ledger that is
 *     at most the version before, so that the release before goes on beside it, and can be gone back to
 */
public record LedgerVersion(int number, int usableFrom) {

    /** The version that this release makes. */
    public static final LedgerVersion CURRENT = new LedgerVersion(2, 1);

    /** The version of ledgers that do not say theirs: release 0.1.0's, and those before. */
    private static final LedgerVersion UNSAID = new LedgerVersion(1, 1);

    /** How each comment begins that says a version. */
    static final String TITLE = "Caravan ledger version ";

    private static final Pattern COMMENT = Pattern.compile(TITLE + "(\\d{1,9}), usable from version (\\d{1,9}) on");

    /**
     * Returns the version that a table's comment says.
     *
     * @param comment null if it has none
     */
    public static LedgerVersion parse(@Nullable String comment) {
        Matcher matcher = COMMENT.matcher(comment == null ? "" : comment);
        return matcher.matches()
                ? new LedgerVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                : UNSAID;
    }

    /** Returns whether this release's is later. */
    public boolean isOlder() {
        return number < CURRENT.number;
    }

    /** Returns whether this is later than this release's. */
    public boolean isNewer() {
        return number > CURRENT.number;
    }

    /** Returns whether this release may load by it. */
    public boolean isUsable() {
        return usableFrom <= CURRENT.number;
    }

    /** Returns the comment that says it. */
    String comment() {
        return TITLE + number + ", usable from version " + usableFrom + " on";
    }
}
