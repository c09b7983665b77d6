package io.caravan.sandbox;

/** A field does not fit its column. Made often under MAXERROR, so without a stack. */
final class FieldException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    FieldException(int code, String reason) {
        super(reason, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
