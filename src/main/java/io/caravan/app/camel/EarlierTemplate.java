package io.caravan.app.camel;

import io.caravan.route.FeedBean;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.model.RouteTemplateDefinition;

/**
 * Recognises a copy of the route template as it once was: it handed each parameter on, to a bean and to the consumer, and Camel
 * resolved the values on their way.
 */
final class EarlierTemplate {

    private static final String CONSUMER = "s3-objects:";
    private static final Pattern OPTION = Pattern.compile("[?&]([A-Za-z]+)=");

    private static final Set<String> OPTIONS = Set.of(
            "prefix",
            "idempotentScope",
            "queue",
            "reconcileEvery",
            "delay",
            "maxObjectsPerLoad",
            "maxBytesPerLoad",
            "maxTries",
            "maxRetryTime",
            "retryDelay",
            "failedDelay");

    private EarlierTemplate() {}

    /** Returns what is to be changed in a template; nothing if it is of today. */
    static Optional<String> problem(RouteTemplateDefinition template) {
        List<String> lines = Stream.concat(
                        template.getTemplateBeans() == null
                                ? Stream.of()
                                : template.getTemplateBeans().stream().flatMap(EarlierTemplate::properties),
                        options(template))
                .toList();
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of("route template '" + template.getId()
                        + "' hands parameters on, which feeds now take from their files as they are; delete "
                        + String.join(", ", lines)
                        + ", and give what had a value of its own there to that parameter as its defaultValue");
    }

    private static Stream<String> properties(BeanFactoryDefinition<?> bean) {
        boolean isFeed = bean.getType() != null && bean.getType().endsWith(FeedBean.class.getName());
        return isFeed
                        && bean.getProperties() != null
                        && bean.getProperties().keySet().stream().anyMatch(name -> name.startsWith("parameters"))
                ? Stream.of("'parameters' of the bean '" + bean.getName() + "'")
                : Stream.of();
    }

    private static Stream<String> options(RouteTemplateDefinition template) {
        String uri = template.getRoute() == null || template.getRoute().getInput() == null
                ? ""
                : template.getRoute().getInput().getUri();
        return uri.startsWith(CONSUMER)
                ? OPTION.matcher(uri)
                        .results()
                        .map(option -> option.group(1))
                        .filter(OPTIONS::contains)
                        .distinct()
                        .sorted()
                        .map(option -> "'" + option + "' of " + CONSUMER)
                : Stream.of();
    }
}
