package io.caravan.sandbox.session;

import io.caravan.sandbox.grammar.Counts;
import io.caravan.sandbox.grammar.Verdict;
import java.util.Optional;

/**
 * The number of the session's last query, for whoever asks. Not thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/PG_LAST_QUERY_ID.html">PG_LAST_QUERY_ID</a>
 */
final class QueryNumbers {

    private static final String FUNCTION = "pg_last_query_id";

    private final Counts counts;
    private String last = "-1";

    QueryNumbers(Counts counts) {
        this.counts = counts;
    }

    /** A question for the number is no query itself: the leader node answers it. */
    void executed(Asked asked) {
        if (asked.verdict() instanceof Verdict.Copy) {
            last = "copy";
        } else if (asked.reads() && !asked.text().contains(FUNCTION)) {
            last = Integer.toString(counts.nextQuery());
        }
    }

    /** Returns what PostgreSQL must be told before the statement, if it asks for the number. */
    Optional<String> tell(Asked asked) {
        return asked.text().contains(FUNCTION)
                ? Optional.of("SELECT pg_catalog.set_config('caravan.last_query', '" + last + "', false)")
                : Optional.empty();
    }
}
