package io.caravan.sandbox.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds a request against the shape that AWS documents for its operation: what is not of it is refused. */
final class RequestShape {

    private RequestShape() {}

    /**
     * Checks a request.
     *
     * @param shape what it may hold
     * @throws RefusedCallException naming the first field that is unknown, or of another type
     */
    static void check(JsonNode request, SdkPojo shape) {
        fields(request, shape.sdkFields(), "");
    }

    private static void fields(JsonNode node, List<SdkField<?>> known, String path) {
        if (!(node instanceof ObjectNode object)) {
            throw wrong(path, "an object");
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String at = path + "/" + entry.getKey();
            Optional<SdkField<?>> field = known.stream()
                    .filter(each -> each.locationName().equals(entry.getKey()))
                    .findFirst();
            if (field.isEmpty()) {
                throw new RefusedCallException("SerializationException", 400, "Unknown field " + at);
            }
            value(entry.getValue(), field.get(), at);
        }
    }

    private static void value(JsonNode node, SdkField<?> field, String at) {
        if (node.isNull()) {
            return;
        }
        MarshallingKnownType type = field.marshallingType().getKnownType();
        switch (type) {
            case STRING, SDK_BYTES -> require(node.isString(), at, "a text");
            case INTEGER, LONG, SHORT, BYTE, BIG_DECIMAL, DOUBLE, FLOAT, INSTANT ->
                require(node.isNumber(), at, "a number");
            case BOOLEAN -> require(node.isBoolean(), at, "true or false");
            case LIST -> {
                require(node.isArray(), at, "a list");
                SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
                node.forEach(element -> value(element, member, at));
            }
            case MAP -> {
                require(node.isObject(), at, "a map");
                SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
                node.forEach(element -> value(element, member, at));
            }
            case SDK_POJO -> fields(node, field.constructor().get().sdkFields(), at);
            case NULL, DOCUMENT -> {}
        }
    }

    private static void require(boolean holds, String at, String what) {
        if (!holds) {
            throw wrong(at, what);
        }
    }

    private static RefusedCallException wrong(String at, String what) {
        return new RefusedCallException("SerializationException", 400, (at.isEmpty() ? "/" : at) + " is not " + what);
    }
}
