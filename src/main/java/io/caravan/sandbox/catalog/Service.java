package io.caravan.sandbox.catalog;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What a service does when it is asked, one call after another, with what it keeps in a file. */
final class Service {

    private final String signedAs;
    private final CatalogFile file;
    private final Map<String, Operation> operations;

    /**
     * Opens what is kept.
     *
     * @param signedAs its name in the scope of signatures
     */
    Service(String signedAs, CatalogFile file, Map<String, Operation> operations) {
        this.signedAs = signedAs;
        this.file = file;
        this.operations = Map.copyOf(operations);
    }

    String signedAs() {
        return signedAs;
    }

    /**
     * Does what a call asks.
     *
     * @throws RefusedCallException if the service would refuse it, or the stand-in does not know it
     */
    synchronized ObjectNode answer(String name, ObjectNode request) {
        Operation operation = operations.get(name);
        if (operation == null) {
            throw new RefusedCallException("UnknownOperationException", 400, name + " is not supported by the sandbox");
        }
        RequestShape.check(request, operation.shape());
        ObjectNode answer = operation.action().apply(request);
        if (operation.changes()) {
            file.save();
        }
        return answer;
    }
}
