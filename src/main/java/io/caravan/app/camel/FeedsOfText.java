package io.caravan.app.camel;

import io.caravan.app.camel.RouteText.Part;
import io.caravan.app.settings.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.model.TemplatedRouteDefinition;
import org.apache.camel.model.TemplatedRouteParameterDefinition;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The feeds of a route file whose writer may do no more than write feeds. They are made here, of the texts alone: Camel never sees
 * the file, so that nobody can find a form of YAML which Camel reads in another way.
 */
final class FeedsOfText {

    static final String FEED = "templatedRoute";

    private static final String ROUTE_ID = "routeId";
    private static final String TEMPLATE = "routeTemplateRef";
    private static final String PARAMETERS = "parameters";

    /** SQL runs as the warehouse's user, who owns the ledger of all feeds. */
    private static final Set<String> SQL = Set.of("preSql", "postSql");

    private static final String ONLY_FEEDS = ", since " + Setting.ROUTES_ONLY_FEEDS.key() + " is true";

    private FeedsOfText() {}

    /**
     * Returns the feeds in their order, each of the shipped template.
     *
     * @throws RefusedTextException naming the first thing that is anything else
     */
    static List<TemplatedRouteDefinition> read(String text) {
        List<Part> parts = RouteText.parts(text);
        List<TemplatedRouteDefinition> feeds = new ArrayList<>();
        try {
            for (Part part : parts) {
                if (!part.kind().equals(FEED)) {
                    throw new RefusedTextException(
                            part.line(),
                            "'" + part.kind() + "' is not taken; a file holds feeds, '- " + FEED
                                    + ":', and nothing else");
                }
                feeds.add(feed(part));
            }
        } catch (RefusedTextException e) {
            throw e.with(ONLY_FEEDS);
        }
        return feeds;
    }

    private static TemplatedRouteDefinition feed(Part part) {
        TemplatedRouteDefinition feed = new TemplatedRouteDefinition();
        for (NodeTuple entry : entries(part.value())) {
            Node value = entry.getValueNode();
            String key = RouteText.text(entry.getKeyNode());
            switch (key) {
                case ROUTE_ID -> feed.setRouteId(literal(value));
                case TEMPLATE -> feed.setRouteTemplateRef(template(value));
                case PARAMETERS -> feed.setParameters(parameters(value));
                default ->
                    throw new RefusedTextException(
                            entry.getKeyNode(),
                            "'" + key + "' of a feed is not taken; it has " + ROUTE_ID + ", " + TEMPLATE + " and "
                                    + PARAMETERS);
            }
        }
        if (feed.getRouteTemplateRef() == null) {
            throw new RefusedTextException(
                    part.line(), "the feed has no " + TEMPLATE + "; write " + ShippedTemplate.ID);
        }
        return feed;
    }

    private static String template(Node value) {
        String name = RouteText.text(value);
        if (!name.equals(ShippedTemplate.ID)) {
            throw new RefusedTextException(
                    value, "the template '" + name + "' is not taken; write " + TEMPLATE + ": " + ShippedTemplate.ID);
        }
        return name;
    }

    private static List<TemplatedRouteParameterDefinition> parameters(Node value) {
        if (!(value instanceof SequenceNode list)) {
            throw new RefusedTextException(value, "'" + PARAMETERS + "' is a list of '- { name: NAME, value: TEXT }'");
        }
        return list.getValue().stream().map(FeedsOfText::parameter).toList();
    }

    private static TemplatedRouteParameterDefinition parameter(Node item) {
        TemplatedRouteParameterDefinition parameter = new TemplatedRouteParameterDefinition();
        for (NodeTuple entry : entries(item)) {
            String key = RouteText.text(entry.getKeyNode());
            if (!(entry.getValueNode() instanceof ScalarNode value)) {
                throw new RefusedTextException(entry.getValueNode(), "'" + key + "' of a parameter is a text");
            }
            switch (key) {
                case "name" -> parameter.setName(value.getValue());
                case "value" -> parameter.setValue(value.getValue());
                default ->
                    throw new RefusedTextException(
                            entry.getKeyNode(), "'" + key + "' of a parameter is not taken; it has a name and a value");
            }
        }
        if (parameter.getName() == null) {
            throw new RefusedTextException(item, "a parameter has no name");
        }
        if (SQL.contains(parameter.getName())
                && parameter.getValue() != null
                && !parameter.getValue().isBlank()) {
            throw new RefusedTextException(
                    item, "'" + parameter.getName() + "' is not taken; it would run as the warehouse's user");
        }
        return parameter;
    }

    /** Returns the entries of a mapping, each with a key of its own. */
    private static List<NodeTuple> entries(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            throw new RefusedTextException(node, "'name: value' is wanted here");
        }
        Set<String> keys = new HashSet<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (!keys.add(RouteText.text(entry.getKeyNode()))) {
                throw new RefusedTextException(
                        entry.getKeyNode(), "'" + RouteText.text(entry.getKeyNode()) + "' stands twice");
            }
        }
        return mapping.getValue();
    }

    private static String literal(Node value) {
        String text = RouteText.text(value);
        if (text.contains("{{")) {
            throw new RefusedTextException(
                    value, "'" + ROUTE_ID + "' has a placeholder, and only parameters have some");
        }
        return text;
    }
}
