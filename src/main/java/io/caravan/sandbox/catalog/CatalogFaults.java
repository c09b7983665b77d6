package io.caravan.sandbox.catalog;

import io.caravan.sandbox.fault.Fault.Kind;

/** What Glue says when something goes wrong there. */
final class CatalogFaults {

    private CatalogFaults() {}

    /** Refuses a call, if the fault is one that refuses. */
    static void refuse(Kind kind) {
        switch (kind) {
            case CATALOG_THROTTLED -> throw new RefusedCallException("ThrottlingException", 400, "Rate exceeded");
            case CATALOG_FAILED ->
                throw new RefusedCallException("InternalServiceException", 500, "An internal service error occurred.");
            case CATALOG_TIMEOUT ->
                throw new RefusedCallException("OperationTimeoutException", 400, "The operation timed out.");
            case CATALOG_CONFLICT -> throw RefusedCallException.conflict();
            case CATALOG_DENIED ->
                throw new RefusedCallException(
                        "AccessDeniedException",
                        400,
                        "Insufficient Lake Formation permission(s): Required Alter on the table");
            default -> {}
        }
    }
}
