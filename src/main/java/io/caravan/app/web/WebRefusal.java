package io.caravan.app.web;

/** A request is not answered as it wants to be. */
public final class WebRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    /**
     * Says why.
     *
     * @param status of HTTP
     * @param message for whoever sent the request; without anything that they have not said or must not know
     */
    public WebRefusal(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** Returns the text that goes with it. */
    String text() {
        return String.valueOf(getMessage());
    }
}
