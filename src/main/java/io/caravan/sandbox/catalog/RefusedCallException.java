package io.caravan.sandbox.catalog;

/**
 * A call that Glue, or Secrets Manager, would refuse.
 *
 * @see <a href="https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-exceptions.html">Exceptions</a>
 */
final class RefusedCallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String type;
    private final int status;

    /**
     * Makes a refusal.
     *
     * @param type name of the exception, as the service has it
     */
    RefusedCallException(String type, int status, String message) {
        super(message);
        this.type = type;
        this.status = status;
    }

    static RefusedCallException invalid(String message) {
        return new RefusedCallException("InvalidInputException", 400, message);
    }

    static RefusedCallException notFound(String message) {
        return new RefusedCallException("EntityNotFoundException", 400, message);
    }

    static RefusedCallException exists(String message) {
        return new RefusedCallException("AlreadyExistsException", 400, message);
    }

    static RefusedCallException conflict() {
        return new RefusedCallException(
                "ConcurrentModificationException", 400, "Update table failed due to concurrent modifications.");
    }

    String type() {
        return type;
    }

    int status() {
        return status;
    }
}
