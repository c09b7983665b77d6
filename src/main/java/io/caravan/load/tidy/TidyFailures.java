package io.caravan.load.tidy;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Why objects could not be tidied. Safe for use by several threads. */
final class TidyFailures {

    /** Whoever fails so is not to be asked for more. */
    private static final Set<ErrorCode> OF_STORE =
            Set.of(ErrorCode.OBJECT_STORE_UNREACHABLE, ErrorCode.OBJECT_STORE_BUSY, ErrorCode.BUCKET_NOT_FOUND);

    private final Queue<CaravanException> all = new ConcurrentLinkedQueue<>();

    void add(CaravanException failure) {
        all.add(failure);
    }

    boolean areNone() {
        return all.isEmpty();
    }

    /** Returns whether other objects would fail likewise. */
    boolean areOfStore() {
        return all.stream().anyMatch(failure -> OF_STORE.contains(failure.code()));
    }

    int count() {
        return all.size();
    }

    /** Returns the first of them; there must be one. */
    CaravanException first() {
        return all.element();
    }
}
