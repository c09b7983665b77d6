package io.caravan.base;

import org.jspecify.annotations.Nullable;

/** The world did not play along; the same load may succeed later. */
public final class RetryableException extends CaravanException {

    private static final long serialVersionUID = 1L;

    public RetryableException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public RetryableException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(code, code.reaction().isRetryable(), message, cause);
    }
}
