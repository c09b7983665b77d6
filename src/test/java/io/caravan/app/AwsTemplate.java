package io.caravan.app;

import io.caravan.testing.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code deploy/aws/caravan.yaml}, as far as it can be read without AWS. */
final class AwsTemplate {

    /** What a text in {@code !Sub} names; {@code ${!x}} would stand for itself. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^!}][^}]*)}");

    private final Map<String, Object> root;

    private AwsTemplate(Map<String, Object> root) {
        this.root = root;
    }

    static AwsTemplate read() throws IOException {
        return new AwsTemplate(Yaml.readTagged(Path.of("deploy", "aws", "caravan.yaml")));
    }

    /** Returns the entries of a section, by name. */
    Map<String, Map<String, Object>> section(String name) {
        Map<String, Map<String, Object>> entries = new LinkedHashMap<>();
        Yaml.map(root.getOrDefault(name, Map.of())).forEach((key, entry) -> entries.put(key, Yaml.map(entry)));
        return entries;
    }

    /** Returns what a property of a resource is. */
    Object property(String resource, String name) {
        return Yaml.at(root, "Resources", resource, "Properties", name);
    }

    /** Returns the names of the conditions. */
    Set<String> conditions() {
        return Yaml.map(root.getOrDefault("Conditions", Map.of())).keySet();
    }

    /** Returns the resources of a type, by name: their properties. */
    Map<String, Map<String, Object>> resources(String type) {
        Map<String, Map<String, Object>> found = new LinkedHashMap<>();
        section("Resources").forEach((name, resource) -> {
            if (type.equals(resource.get("Type"))) {
                found.put(name, Yaml.map(resource.getOrDefault("Properties", Map.of())));
            }
        });
        return found;
    }

    /** Returns what is referred to: names of parameters, resources and pseudo parameters. */
    Set<String> references() {
        Set<String> names = new TreeSet<>();
        visitFunctions(root, (function, argument) -> {
            if (function.equals("Ref")) {
                names.add(argument.toString());
            } else if (function.equals("Sub")) {
                variables(argument).filter(name -> !name.contains(".")).forEach(names::add);
            }
        });
        return names;
    }

    /** Returns the attributes that are asked for, as {@code Resource.Attribute}. */
    Set<String> attributes() {
        Set<String> names = new TreeSet<>();
        visitFunctions(root, (function, argument) -> {
            if (function.equals("GetAtt")) {
                names.add(argument.toString());
            } else if (function.equals("Sub")) {
                variables(argument).filter(name -> name.contains(".")).forEach(names::add);
            }
        });
        return names;
    }

    /** Returns all functions that are used, and the conditions of {@code !If}. */
    Map<String, Set<String>> functions() {
        Map<String, Set<String>> functions = new LinkedHashMap<>();
        visitFunctions(root, (function, argument) -> functions
                .computeIfAbsent(function, any -> new TreeSet<>())
                .add(Yaml.list(argument).get(0).toString()));
        return functions;
    }

    /** Returns the statements of the policies of a role. */
    List<Map<String, Object>> statements(String role) {
        return Yaml.list(property(role, "Policies")).stream()
                .map(policy -> Yaml.at(policy, "PolicyDocument"))
                .flatMap(AwsTemplate::statementsOf)
                .toList();
    }

    /** Returns the statements of a policy's document. */
    static Stream<Map<String, Object>> statementsOf(Object document) {
        return Yaml.list(Yaml.at(document, "Statement")).stream().map(Yaml::map);
    }

    private static Stream<String> variables(Object text) {
        Matcher matcher = VARIABLE.matcher(text.toString());
        return matcher.results().map(result -> result.group(1));
    }

    private static void visitFunctions(Object node, BiConsumer<String, Object> visitor) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                String name = key.toString();
                if (Set.of("Ref", "Sub", "GetAtt", "If", "Not", "Equals").contains(name)) {
                    visitor.accept(name, value);
                }
                visitFunctions(value, visitor);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(entry -> visitFunctions(entry, visitor));
        }
    }
}
