package io.caravan.app.camel;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** The text of a route file as YAML and no more: it is looked at before Camel sees it, and nothing that it names is looked up. */
final class RouteText {

    /**
     * An item of the list that a route file is.
     *
     * @param kind what it is, as {@code route}
     * @param line where it stands, from 1
     * @param value what it says
     */
    record Part(String kind, int line, Node value) {

        /** Returns the names of what it brings; empty if it has none. */
        List<String> names() {
            List<Node> named = value instanceof SequenceNode several ? several.getValue() : List.of(value);
            return named.stream().flatMap(one -> name(one).stream()).toList();
        }

        private static Optional<String> name(Node node) {
            return List.of("name", "id", "routeId").stream()
                    .flatMap(key -> find(node, key).stream())
                    .findFirst();
        }
    }

    private static final LoadSettings SETTINGS = LoadSettings.builder().build();

    /** The shipped template has 20. */
    private static final int MOST_DEPTH = 200;

    private RouteText() {}

    /**
     * Returns the items of the list, in their order; none if the file says nothing.
     *
     * @throws RefusedTextException if the text is no list of items that each are of one kind, in one document
     */
    static List<Part> parts(String text) {
        @Nullable Node root = root(text);
        if (root == null) {
            return List.of();
        }
        if (!(root instanceof SequenceNode list)) {
            throw new RefusedTextException(
                    root, "it is no list; a route file is a list of '- templatedRoute:' and the like");
        }
        List<Part> parts = new ArrayList<>();
        for (Node item : list.getValue()) {
            List<NodeTuple> entries = item instanceof MappingNode mapping ? mapping.getValue() : List.of();
            if (entries.size() != 1) {
                throw new RefusedTextException(
                        entries.size() > 1 ? entries.get(1).getKeyNode() : item,
                        "an item of the list is of one kind, as '- templatedRoute:', with all of it indented below");
            }
            NodeTuple entry = entries.get(0);
            parts.add(new Part(text(entry.getKeyNode()), line(item), entry.getValueNode()));
        }
        return parts;
    }

    private static @Nullable Node root(String text) {
        try {
            checkDepth(parser(text));
            return new Composer(SETTINGS, parser(text)).getSingleNode().orElse(null);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new RefusedTextException(line, requireNonNull(e.getProblem()));
        } catch (YamlEngineException e) {
            throw new RefusedTextException(1, CamelMessages.explain(e));
        }
    }

    private static ParserImpl parser(String text) {
        return new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
    }

    /** Reading nested lists takes a piece of the stack for each level, here and in Camel. */
    private static void checkDepth(ParserImpl events) {
        int depth = 0;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case SequenceStart, MappingStart -> depth++;
                case SequenceEnd, MappingEnd -> depth--;
                default -> {
                    // Leads no deeper.
                }
            }
            if (depth > MOST_DEPTH) {
                throw new RefusedTextException(
                        event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1),
                        "more than " + MOST_DEPTH + " lists and mappings are in each other here");
            }
        }
    }

    /**
     * Returns the text of a scalar.
     *
     * @throws RefusedTextException if it is none
     */
    static String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new RefusedTextException(node, "a text is wanted here");
    }

    /** Returns the line at which it begins, from 1. */
    static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private static Optional<String> find(Node node, String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(entry -> entry.getKeyNode() instanceof ScalarNode name
                                && name.getValue().equals(key)
                                && entry.getValueNode() instanceof ScalarNode)
                        .map(entry -> text(entry.getValueNode()))
                        .findFirst()
                : Optional.empty();
    }
}
