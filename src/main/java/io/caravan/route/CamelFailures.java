package io.caravan.route;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import org.jspecify.annotations.Nullable;

/** Finds Caravan's own exceptions in what Camel has wrapped around them. */
public final class CamelFailures {

    private CamelFailures() {}

    /** Returns the failure with a code among the causes; null if there is none. */
    public static @Nullable CaravanException find(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CaravanException known) {
                return known;
            }
        }
        return null;
    }

    /**
     * Returns the failure with a code, or one that says that something unexpected was thrown, and of which class. What cannot
     * be linked is no fault of an object, and would not be with another one.
     */
    public static CaravanException known(Throwable failure) {
        @Nullable CaravanException known = find(failure);
        if (known != null) {
            return known;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LinkageError) {
                return new RetryableException(
                        ErrorCode.ENVIRONMENT_FAILED,
                        "a class or a native library cannot be loaded: " + rootOf(cause)
                                + "; the process was damaged or does not fit this machine, 'caravan check' may say more",
                        failure);
            }
        }
        // The message of an unknown exception may hold values of rows.
        return new RetryableException(
                ErrorCode.UNEXPECTED, "Unexpected " + rootOf(failure).getClass().getName(), failure);
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
