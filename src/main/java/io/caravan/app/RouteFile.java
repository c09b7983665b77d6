package io.caravan.app;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.TemplatedRouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * A route file, as Camel understands it.
 *
 * @param name its name, for people
 * @param text what it holds
 * @param definitions what Camel made of it
 */
record RouteFile(String name, String text, RouteBuilder definitions) {

    private static final String FEED = "- templatedRoute:";

    /** The other parts of a file that mean nothing to other files, but by the ids in them. */
    private static final Set<String> PRIVATE_PARTS = Set.of(FEED, "- routeTemplate:", "- route:", "- from:");

    private static final Pattern FEED_NAME = Pattern.compile("(?m)^\\s*(?:-\\s*)?routeId:\\s*[\"']?([\\w.-]+)");

    private static final Pattern ENDING = Pattern.compile("(\\.camel)?\\.ya?ml$");

    private static final Pattern BLANK_OR_COMMENT = Pattern.compile("\\s*(#.*)?");

    /** Parses a file in a context that runs nothing. */
    static RouteFile parse(DefaultCamelContext context, String name, String text) throws Exception {
        RouteBuilder definitions = new RouteBuilder(context) {
            @Override
            public void configure() {
                // A file of comments alone.
            }
        };
        for (RoutesBuilder found :
                PluginHelper.getRoutesLoader(context).findRoutesBuilders(ResourceHelper.fromString(name, text))) {
            definitions = (RouteBuilder) found;
        }
        definitions.setCamelContext(context);
        definitions.configure();
        return new RouteFile(name, text, definitions);
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

    /** Returns a file's name without what all route files' names end with. */
    static String stem(String file) {
        return ENDING.matcher(file).replaceFirst("");
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

    /** Returns whether the file is a list of feeds, as far as a glance shows; then each of them stands for itself. */
    boolean holdsOnlyFeeds() {
        return parts().stream().allMatch(FEED::equals);
    }

    /** Returns whether the file may hold beans, error handlers or the like, which other files depend on. */
    boolean isShared() {
        return !PRIVATE_PARTS.containsAll(parts());
    }

    /** Returns how the lines begin that are not indented. */
    private List<String> parts() {
        return text.lines()
                .filter(line -> !BLANK_OR_COMMENT.matcher(line).matches())
                .filter(line -> !Character.isWhitespace(line.charAt(0)))
                .map(line -> line.substring(0, line.indexOf(':') + 1))
                .toList();
    }
}
