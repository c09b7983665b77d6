package io.caravan.sandbox.catalog;

import java.util.function.Function;
import software.amazon.awssdk.core.SdkPojo;
import tools.jackson.databind.node.ObjectNode;

/**
 * One operation of a service.
 *
 * @param shape what its request may hold
 * @param changes whether what it does is to be kept
 * @param action from the request to the answer
 */
record Operation(SdkPojo shape, boolean changes, Function<ObjectNode, ObjectNode> action) {

    static Operation reading(SdkPojo shape, Function<ObjectNode, ObjectNode> action) {
        return new Operation(shape, false, action);
    }

    static Operation changing(SdkPojo shape, Function<ObjectNode, ObjectNode> action) {
        return new Operation(shape, true, action);
    }
}
