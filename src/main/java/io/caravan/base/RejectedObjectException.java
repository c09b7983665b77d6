package io.caravan.base;

import org.jspecify.annotations.Nullable;

/** One object can never load as it is; the others can. */
public final class RejectedObjectException extends CaravanException {

    private static final long serialVersionUID = 1L;

    public RejectedObjectException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public RejectedObjectException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(code, code.reaction() == Reaction.REJECTED_OBJECT, message, cause);
    }
}
