package io.caravan.testing;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.json.DeserializationException;
import org.apache.camel.util.json.Jsoner;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The expressions of the dashboard and of the alerts, and the metrics that they name. */
public final class PromQl {

    private static final Path DASHBOARD = Path.of("deploy", "grafana", "caravan.json");
    private static final Path RULES = Path.of("deploy", "prometheus", "caravan-rules.yaml");

    /** Strings, label matchers, ranges, and the lists of labels of aggregations and matchings. */
    private static final Pattern NO_NAMES = Pattern.compile(
            "\"[^\"]*\"|\\{[^}]*\\}|\\[[^\\]]*\\]|\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");

    private static final Pattern NAME = Pattern.compile("\\b([a-zA-Z_:][a-zA-Z0-9_:]*)\\b(?!\\s*\\()");
    private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "bool", "offset");

    /** An alert of the rules; of its labels and annotations only their names. */
    public record Alert(String name, String expression, Set<String> labels, Set<String> annotations) {}

    private PromQl() {}

    /** Returns the metrics that an expression names. */
    public static Set<String> names(String expression) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = NAME.matcher(NO_NAMES.matcher(expression).replaceAll(" "));
        while (matcher.find()) {
            if (!KEYWORDS.contains(matcher.group(1))) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    public static Set<String> namesOfRules() {
        Set<String> names = new TreeSet<>();
        alerts().forEach(alert -> names.addAll(names(alert.expression())));
        return names;
    }

    /** Returns all alerts. */
    public static List<Alert> alerts() {
        Object file = new Load(LoadSettings.builder().build()).loadFromString(read(RULES));
        List<Alert> alerts = new ArrayList<>();
        for (Object group : list(file, "groups")) {
            for (Object rule : list(group, "rules")) {
                alerts.add(new Alert(
                        field(rule, "alert").toString(),
                        field(rule, "expr").toString(),
                        names((Map<?, ?>) field(rule, "labels")),
                        names((Map<?, ?>) field(rule, "annotations"))));
            }
        }
        return alerts;
    }

    private static List<?> list(Object yaml, String name) {
        return (List<?>) field(yaml, name);
    }

    private static Object field(Object yaml, String name) {
        return requireNonNull(((Map<?, ?>) yaml).get(name), name);
    }

    private static Set<String> names(Map<?, ?> yaml) {
        Set<String> names = new TreeSet<>();
        yaml.keySet().forEach(name -> names.add(name.toString()));
        return names;
    }

    public static Set<String> namesOfDashboard() {
        Set<String> names = new TreeSet<>();
        expressionsOfDashboard().forEach(expression -> names.addAll(names(expression)));
        return names;
    }

    /** Returns what its panels and its variables ask. */
    public static List<String> expressionsOfDashboard() {
        List<String> expressions = new ArrayList<>();
        try {
            collect(Jsoner.deserialize(read(DASHBOARD)), expressions);
        } catch (DeserializationException e) {
            throw new AssertionError(DASHBOARD + " is not JSON", e);
        }
        return expressions;
    }

    private static void collect(Object json, List<String> expressions) {
        if (json instanceof Map<?, ?> object) {
            object.forEach((key, value) -> {
                if (key.equals("expr")) {
                    expressions.add((String) value);
                } else if (key.equals("definition")) {
                    expressions.add(((String) value).replaceFirst(",[^,]*\\)$", ")"));
                } else {
                    collect(value, expressions);
                }
            });
        } else if (json instanceof List<?> array) {
            array.forEach(value -> collect(value, expressions));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
