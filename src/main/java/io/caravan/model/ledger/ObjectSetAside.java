package io.caravan.model.ledger;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import io.caravan.model.ObjectVersion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An object that does not load although others do, and is tried again at a slower pace.
 *
 * @param object the version
 * @param errorCode why; null if that was before the process started, and it has not been tried since
 * @param error the same for people; null likewise
 * @param failures how often in a row it has failed alone, since the process started
 * @param nextTry when it is tried again, at the earliest
 */
public record ObjectSetAside(
        ObjectVersion object, @Nullable ErrorCode errorCode, @Nullable String error, int failures, Instant nextTry) {

    public ObjectSetAside {
        requireNonNull(object, "object");
        requireNonNull(nextTry, "nextTry");
    }
}
