package io.caravan.app.camel;

import static java.util.stream.Collectors.joining;

import io.caravan.app.camel.RouteText.Part;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.TemplatedRouteDefinition;
import org.apache.camel.support.ResourceHelper;

/**
 * A route file, as Camel understands it.
 *
 * @param name its name, for people
 * @param text what it holds
 * @param definitions what Camel made of it
 * @param parts what its items are, in their order
 */
record RouteFile(String name, String text, RouteBuilder definitions, List<Part> parts) {

    /** The other parts of a file that mean nothing to other files, but by the ids in them. */
    private static final Set<String> PRIVATE_PARTS = Set.of(FeedsOfText.FEED, "routeTemplate", "route", "from");

    private static final Pattern FEED_NAME = Pattern.compile("(?m)^\\s*(?:-\\s*)?routeId:\\s*[\"']?([\\w.-]+)");

    private static final Pattern AROUND_STEM = Pattern.compile("^.*/|(\\.camel)?\\.ya?ml$");

    /**
     * Reads a file in a context that runs nothing, and makes nothing of what the file names.
     *
     * @throws RefusedTextException if the text is no list of definitions
     * @throws Exception whatever Camel has to say of a definition
     */
    static RouteFile parse(DefaultCamelContext context, String name, String text) throws Exception {
        List<Part> parts = RouteText.parts(text);
        RouteBuilder definitions = parts.isEmpty() ? empty(context) : camels(context, name, text);
        definitions.setCamelContext(context);
        definitions.configure();
        return new RouteFile(name, text, definitions, parts);
    }

    /**
     * Takes feeds of the shipped template and nothing else of a file; the template itself, if the file is it.
     *
     * @throws RefusedTextException if there is anything else
     * @throws Exception whatever Camel has to say of the template
     */
    static RouteFile parseFeeds(DefaultCamelContext context, String name, String text) throws Exception {
        if (text.equals(ShippedTemplate.text())) {
            return parse(context, name, text);
        }
        RouteBuilder definitions = empty(context);
        FeedsOfText.read(text).forEach(definitions.getTemplatedRouteCollection()::templatedRoute);
        return new RouteFile(name, text, definitions, RouteText.parts(text));
    }

    private static RouteBuilder camels(DefaultCamelContext context, String name, String text) throws Exception {
        try (DefinitionsLoader loader = new DefinitionsLoader()) {
            loader.setCamelContext(context);
            loader.build();
            loader.start();
            return (RouteBuilder) loader.loadRoutesBuilder(ResourceHelper.fromString(name, text));
        }
    }

    private static RouteBuilder empty(DefaultCamelContext context) {
        return new RouteBuilder(context) {
            @Override
            public void configure() {
                // A file of comments alone, or of feeds that are put in one by one.
            }
        };
    }

    /** Returns the names that a text seems to give to feeds, although it cannot be parsed. */
    static List<String> feedNames(String text) {
        return FEED_NAME
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    /** Returns a file's name without its directory, and without what all route files' names end with. */
    static String stem(String file) {
        return AROUND_STEM.matcher(file).replaceAll("");
    }

    List<RouteTemplateDefinition> templates() {
        return definitions.getRouteTemplateCollection().getRouteTemplates();
    }

    List<RouteDefinition> routes() {
        return definitions.getRouteCollection().getRoutes();
    }

    List<TemplatedRouteDefinition> feeds() {
        return definitions.getTemplatedRouteCollection().getTemplatedRoutes();
    }

    /** Returns whether the file is a list of feeds; then each of them stands for itself. */
    boolean holdsOnlyFeeds() {
        return parts.stream().allMatch(part -> part.kind().equals(FeedsOfText.FEED));
    }

    /** Returns whether the file may hold beans, error handlers or the like, which other files depend on. */
    boolean isShared() {
        return parts.stream().anyMatch(part -> !PRIVATE_PARTS.contains(part.kind()));
    }

    /** Returns what it holds besides feeds and the shipped template, for people; empty if there is nothing. */
    String besidesFeeds() {
        return text.equals(ShippedTemplate.text())
                ? ""
                : parts.stream()
                        .filter(part -> !part.kind().equals(FeedsOfText.FEED))
                        .map(part ->
                                "line " + part.line() + ": '" + part.kind() + "' " + String.join(", ", part.names()))
                        .map(String::strip)
                        .collect(joining("; "));
    }
}
