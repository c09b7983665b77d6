package io.caravan.app.camel;

import io.caravan.app.secret.MaskedText;

/** What Camel's exceptions say, in one line and without the layers around it. */
public final class CamelMessages {

    private CamelMessages() {}

    /** Returns the message of the innermost cause that has one; never its class alone, if any has more to say. */
    public static String explain(Throwable failure) {
        String message = failure.getClass().getSimpleName();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
                message = cause.getMessage();
            }
        }
        return MaskedText.of(message.strip().replaceAll("\\s*\\R\\s*", " "));
    }
}
