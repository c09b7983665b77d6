package io.caravan.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML 1.2 into maps, lists and values; a key that is there twice or a tag that is not known is an error. */
public final class Yaml {

    private Yaml() {}

    /** Returns the documents of a text that are not empty. */
    public static List<Object> documents(String text) {
        List<Object> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build()).loadAllFromString(text).forEach(document -> {
            if (document != null) {
                documents.add(document);
            }
        });
        return documents;
    }

    /**
     * Returns the only document of a file.
     *
     * @param tags what becomes of a node with a tag of the file's own, by the tag with its exclamation mark
     */
    public static Map<String, Object> read(Path file, Map<String, ConstructNode> tags) throws IOException {
        Map<Tag, ConstructNode> constructors = new LinkedHashMap<>();
        tags.forEach((tag, construct) -> constructors.put(new Tag(tag), construct));
        LoadSettings settings =
                LoadSettings.builder().setTagConstructors(constructors).build();
        return map(new Load(settings).loadFromString(Files.readString(file)));
    }

    /** Returns a node that is known to be a map. */
    @SuppressWarnings("unchecked") // YAML's keys may be anything, but are texts in all files that are read here.
    public static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    /** Returns what a node holds: itself if it is a list, or a list of it. */
    public static List<Object> list(Object node) {
        return node instanceof List<?> list
                ? list.stream().map(Function.<Object>identity()).toList()
                : List.of(node);
    }
}
