package io.caravan.base;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A failure with a code and a message for people. The message names the thing and the way out, and holds neither row
 * values nor credentials.
 */
public abstract sealed class CaravanException extends RuntimeException
        permits RetryableException, RejectedObjectException, InvalidConfigurationException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /**
     * Makes the exception.
     *
     * @param fits whether the code's reaction is the one that this exception stands for
     */
    CaravanException(ErrorCode code, boolean fits, String message, @Nullable Throwable cause) {
        super(requireNonNull(message, "message"), cause);
        if (!fits) {
            throw new IllegalArgumentException(code + " is " + code.reaction());
        }
        this.code = code;
    }

    /** Returns the code that the log, the ledger and the metrics show. */
    public ErrorCode code() {
        return code;
    }

    /** Returns the message; never null. */
    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }
}
