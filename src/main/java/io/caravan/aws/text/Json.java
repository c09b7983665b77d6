package io.caravan.aws.text;

import java.util.Optional;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** JSON that others have written, and that may hold anything. */
public final class Json {

    private Json() {}

    /** Returns the object that the text is; empty if it is none. */
    public static Optional<JsonNode> object(String text) {
        try {
            return Optional.of(JsonNode.parser().parse(text)).filter(JsonNode::isObject);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Returns what is under a name in what is under the name before. */
    public static Optional<JsonNode> find(JsonNode node, String... names) {
        Optional<JsonNode> found = Optional.of(node);
        for (String name : names) {
            found = found.filter(JsonNode::isObject).flatMap(object -> object.field(name));
        }
        return found;
    }

    /** Returns the text there; empty if there is none. */
    public static String text(JsonNode node, String... names) {
        return find(node, names)
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .orElse("");
    }
}
