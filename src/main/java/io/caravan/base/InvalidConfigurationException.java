package io.caravan.base;

import org.jspecify.annotations.Nullable;

/** Nothing helps but another setting, another grant or another table. */
public final class InvalidConfigurationException extends CaravanException {

    private static final long serialVersionUID = 1L;

    public InvalidConfigurationException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public InvalidConfigurationException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(code, code.reaction() == Reaction.FATAL, message, cause);
    }
}
