package io.caravan.app;

/** What Camel's exceptions say, in one line and without the layers around it. */
final class CamelMessages {

    private CamelMessages() {}

    /** Returns the message of the innermost cause that has one; never its class alone, if any has more to say. */
    static String explain(Throwable failure) {
        String message = failure.getClass().getSimpleName();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
                message = cause.getMessage();
            }
        }
        return MaskedText.of(message.strip().replaceAll("\\s*\\R\\s*", " "));
    }
}
