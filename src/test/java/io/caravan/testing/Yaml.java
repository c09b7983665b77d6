package io.caravan.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML 1.2 into maps, lists and values; a key that is there twice is an error. */
public final class Yaml {

    private static final LoadSettings SETTINGS = LoadSettings.builder().build();

    private Yaml() {}

    /** Returns the documents of a text that are not empty. */
    public static List<Object> documents(String text) {
        List<Object> documents = new ArrayList<>();
        new Load(SETTINGS).loadAllFromString(text).forEach(document -> {
            if (document != null) {
                documents.add(document);
            }
        });
        return documents;
    }

    /** Returns the only document of a file. */
    public static Map<String, Object> read(Path file) throws IOException {
        return map(new Load(SETTINGS).loadFromString(Files.readString(file)));
    }

    /**
     * Returns the only document of a file with tags of its own, with all scalars as texts: a value tagged {@code !Tag} is a
     * map of the tag without its mark to the value.
     */
    public static Map<String, Object> readTagged(Path file) throws IOException {
        return map(value(
                new Compose(SETTINGS).composeString(Files.readString(file)).orElseThrow()));
    }

    private static Object value(Node node) {
        Object value;
        if (node instanceof MappingNode mapping) {
            value = entries(mapping);
        } else if (node instanceof SequenceNode sequence) {
            value = sequence.getValue().stream().map(Yaml::value).toList();
        } else {
            value = ((ScalarNode) node).getValue();
        }
        String tag = node.getTag().getValue();
        return tag.startsWith("!") ? Map.of(tag.substring(1), value) : value;
    }

    private static Map<String, Object> entries(MappingNode mapping) {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            String key = value(entry.getKeyNode()).toString();
            if (entries.put(key, value(entry.getValueNode())) != null) {
                throw new IllegalArgumentException("twice: " + key);
            }
        }
        return entries;
    }

    /** Returns what is in maps inside of each other, by its keys from the outside in; it must be there. */
    public static Object at(Object node, String... keys) {
        Object found = node;
        for (String key : keys) {
            found = map(found).get(key);
            if (found == null) {
                throw new IllegalArgumentException("no " + key + " of " + String.join(".", keys));
            }
        }
        return found;
    }

    /** Returns a node that is known to be a map. */
    @SuppressWarnings("unchecked") // YAML's keys may be anything, but are texts in all files that are read here.
    public static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    /** Returns what a node holds: itself if it is a list, or a list of it. */
    public static List<Object> list(Object node) {
        return node instanceof List<?> list ? List.copyOf(list) : List.of(node);
    }
}
