package io.caravan.csv.value;

import io.caravan.base.ErrorCode;

/** A value that its column refuses. Stays inside this package: out of it a refused value is a rejected row. */
public final class RefusedValueException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String reason;

    /**
     * @param reason for people; never holds the value
     */
    RefusedValueException(ErrorCode code, String reason) {
        super(reason, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    static RefusedValueException format(String reason) {
        return new RefusedValueException(ErrorCode.VALUE_FORMAT, reason);
    }

    /**
     * Returns the refusal of a text for a character that does not belong there.
     *
     * @param problem what the text is not, for people
     * @param complaint what is said of the character, if it is one of keyboards
     */
    static RefusedValueException unexpected(String problem, String text, int index, String complaint) {
        return format(problem + ": " + Names.character(text, index, complaint));
    }

    static RefusedValueException outOfRange(String reason) {
        return new RefusedValueException(ErrorCode.VALUE_OUT_OF_RANGE, reason);
    }

    static RefusedValueException tooPrecise(String reason) {
        return new RefusedValueException(ErrorCode.VALUE_TOO_PRECISE, reason);
    }

    public ErrorCode code() {
        return code;
    }

    public String reason() {
        return reason;
    }
}
