package io.caravan.app.camel;

import static java.util.stream.Collectors.toMap;

import io.caravan.app.catalog.CatalogFeed;
import io.caravan.app.catalog.CatalogSource;
import io.caravan.app.text.NearestName;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.model.catalog.CatalogName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.model.TemplatedRouteDefinition;
import org.apache.camel.model.TemplatedRouteParameterDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is in force of one feed: what its file says comes before what a table of the Data Catalog says, and this before
 * what the template says. Only the file's and the template's text may have placeholders.
 */
final class ParameterReading {

    private final String file;
    private final String feed;
    private final Map<String, String> written;
    private final Map<String, RouteTemplateParameterDefinition> known;
    private final Placeholders placeholders;
    private final CatalogSource catalog;
    private final List<RouteProblem> problems = new ArrayList<>();

    ParameterReading(
            String file,
            TemplatedRouteDefinition route,
            RouteTemplateDefinition template,
            Placeholders placeholders,
            CatalogSource catalog) {
        this.file = file;
        this.feed = route.getRouteId();
        this.written = written(route);
        this.known = template.getTemplateParameters().stream()
                .collect(toMap(RouteTemplateParameterDefinition::getName, parameter -> parameter, (a, b) -> a));
        this.placeholders = placeholders;
        this.catalog = catalog;
    }

    private static Map<String, String> written(TemplatedRouteDefinition route) {
        Map<String, String> written = new LinkedHashMap<>();
        if (route.getParameters() != null) {
            for (TemplatedRouteParameterDefinition parameter : route.getParameters()) {
                written.put(parameter.getName(), parameter.getValue() == null ? "" : parameter.getValue());
            }
        }
        return written;
    }

    /** Returns the parameters; empty if something is wrong, or the template is none of feeds. */
    Optional<ParametersInForce> read() {
        checkKnown();
        boolean namesTable = written.containsKey(CatalogFeed.TABLE);
        if (!namesTable) {
            checkRequired(written);
        }
        if (!problems.isEmpty() || !known.keySet().containsAll(Set.of("table", "keys"))) {
            return Optional.empty();
        }
        return namesTable ? readWithTable() : readAlone();
    }

    /** Returns what is wrong, once they are read. */
    List<RouteProblem> problems() {
        return List.copyOf(problems);
    }

    private Optional<ParametersInForce> readAlone() {
        Map<String, String> values = new LinkedHashMap<>(written);
        defaults(written.keySet()).forEach(values::putIfAbsent);
        fillPlaceholders(values);
        return inForce(values, null);
    }

    private Optional<ParametersInForce> readWithTable() {
        Map<String, String> own = new LinkedHashMap<>(written);
        fillPlaceholders(own);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        @Nullable CatalogFeed table = table(own.getOrDefault(CatalogFeed.TABLE, ""));
        Map<String, String> values = table == null ? own : table.with(own);
        if (problems.isEmpty()) {
            checkRequired(values);
        }
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> defaults = defaults(values.keySet());
        fillPlaceholders(defaults);
        values.putAll(defaults);
        return inForce(values, table == null ? null : new FeedCatalog(table, table.text(own)));
    }

    private Optional<ParametersInForce> inForce(Map<String, String> values, @Nullable FeedCatalog table) {
        return problems.isEmpty()
                ? Optional.of(new ParametersInForce(values, table, FeedParameter.of(written, known, values)))
                : Optional.empty();
    }

    private void checkKnown() {
        for (String name : written.keySet()) {
            if (!known.containsKey(name)) {
                problem(
                        ErrorCode.FEED_INVALID,
                        " has a parameter '" + name + "' that its template does not know"
                                + NearestName.to(name, known.keySet())
                                        .map(nearest -> "; is it '" + nearest + "'?")
                                        .orElse(""));
            }
        }
    }

    private void checkRequired(Map<String, String> values) {
        known.forEach((name, parameter) -> {
            if (parameter.isRequired() && !values.containsKey(name)) {
                problem(ErrorCode.FEED_INVALID, " lacks the parameter '" + name + "'");
            }
        });
    }

    private Map<String, String> defaults(Set<String> given) {
        Map<String, String> defaults = new HashMap<>();
        known.forEach((name, parameter) -> {
            if (parameter.getDefaultValue() != null && !given.contains(name)) {
                defaults.put(name, parameter.getDefaultValue());
            }
        });
        return defaults;
    }

    private void fillPlaceholders(Map<String, String> values) {
        values.replaceAll((name, value) -> {
            try {
                return placeholders.fill(value);
            } catch (IllegalArgumentException e) {
                problem(ErrorCode.FEED_INVALID, ": '" + name + "' " + e.getMessage());
                return value;
            }
        });
    }

    /** Returns what the table of the Data Catalog says that the feed names; null if it names none. */
    private @Nullable CatalogFeed table(String named) {
        if (named.isBlank()) {
            return null;
        }
        String what = ": '" + CatalogFeed.TABLE + "' is '" + named + "': ";
        try {
            return catalog.feed(CatalogName.parse(named));
        } catch (IllegalArgumentException e) {
            problem(ErrorCode.FEED_INVALID, what + e.getMessage());
        } catch (CaravanException e) {
            problem(e.code(), what + e.getMessage());
        }
        return null;
    }

    private void problem(ErrorCode code, String message) {
        problems.add(RouteProblem.ofFeed(file, feed, code, "feed " + feed + message));
    }
}
