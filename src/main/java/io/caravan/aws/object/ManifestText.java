package io.caravan.aws.object;

import static io.caravan.aws.text.Json.find;
import static io.caravan.aws.text.Json.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.aws.text.Json;
import io.caravan.model.NamedObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** The text of a manifest: entries with the addresses of objects, and perhaps their sizes. */
final class ManifestText {

    private ManifestText() {}

    /** Returns the objects that a text names; empty if it is no manifest. */
    static Optional<List<NamedObject>> parse(byte[] text) {
        return Json.object(new String(text, UTF_8))
                .flatMap(manifest -> find(manifest, "entries"))
                .filter(JsonNode::isArray)
                .map(entries ->
                        entries.asArray().stream().map(ManifestText::named).toList());
    }

    private static NamedObject named(JsonNode entry) {
        return new NamedObject(
                text(entry, "url"),
                find(entry, "meta", "content_length")
                        .filter(JsonNode::isNumber)
                        .map(ManifestText::size)
                        .orElse(null));
    }

    private static @Nullable Long size(JsonNode number) {
        try {
            return Long.valueOf(number.asNumber());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
