package io.caravan.sandbox.copy;

/** A COPY cannot go on, for a reason that is not in a field; the message is for the client. */
final class CopyFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    CopyFailure(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
