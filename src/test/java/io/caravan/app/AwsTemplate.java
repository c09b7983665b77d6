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

/** {@code deploy/aws/caravan.yaml}, as far as it can be read without AWS: as it is written, or as it is for a use. */
final class AwsTemplate {

    private static final Set<String> FUNCTIONS = Set.of("Ref", "Sub", "GetAtt", "If");
    private static final Map<String, String> NO_VALUE = Map.of("Ref", "AWS::NoValue");

    /** What a text in {@code !Sub} names; {@code ${!x}} would stand for itself. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^!}][^}]*)}");

    private final Map<String, Object> root;

    private AwsTemplate(Map<String, Object> root) {
        this.root = root;
    }

    static AwsTemplate read() throws IOException {
        return new AwsTemplate(Yaml.readTagged(Path.of("deploy", "aws", "caravan.yaml")));
    }

    /**
     * Returns what is left of it for a use: the resources and outputs whose conditions hold, and of each {@code !If} the one
     * branch.
     *
     * @param given parameters that are not left as they are, by name
     */
    AwsTemplate use(Map<String, String> given) {
        Map<String, Object> left = new LinkedHashMap<>(root);
        for (String name : List.of("Resources", "Outputs")) {
            Map<String, Object> entries = new LinkedHashMap<>();
            section(name).forEach((key, entry) -> {
                if (!entry.containsKey("Condition") || holds(Map.of("Condition", entry.get("Condition")), given)) {
                    entries.put(key, chosen(entry, given));
                }
            });
            left.put(name, entries);
        }
        return new AwsTemplate(left);
    }

    /** Returns what CloudFormation says of the rules that a use breaks. */
    List<String> refusals(Map<String, String> given) {
        return section("Rules").values().stream()
                .filter(rule -> holds(Yaml.at(rule, "RuleCondition"), given))
                .flatMap(rule -> Yaml.list(Yaml.at(rule, "Assertions")).stream())
                .filter(assertion -> !holds(Yaml.at(assertion, "Assert"), given))
                .map(assertion -> Yaml.at(assertion, "AssertDescription").toString())
                .toList();
    }

    private boolean holds(Object condition, Map<String, String> given) {
        Map.Entry<String, Object> function =
                Yaml.map(condition).entrySet().iterator().next();
        List<Object> arguments = Yaml.list(function.getValue());
        return switch (function.getKey()) {
            case "Condition" ->
                holds(Yaml.at(root, "Conditions", arguments.get(0).toString()), given);
            case "Not" -> !holds(arguments.get(0), given);
            case "And" -> arguments.stream().allMatch(argument -> holds(argument, given));
            // A list of one empty text is what a list is that nobody has given.
            case "Equals", "EachMemberEquals" -> text(arguments.get(0), given).equals(text(arguments.get(1), given));
            default -> throw new IllegalArgumentException("no condition: " + condition);
        };
    }

    private String text(Object value, Map<String, String> given) {
        if (!(value instanceof Map<?, ?>)) {
            return value.toString();
        }
        if (Yaml.map(value).containsKey("Join")) {
            return text(Yaml.list(Yaml.at(value, "Join")).get(1), given);
        }
        String parameter = Yaml.at(value, "Ref").toString();
        String inTemplate = Yaml.map(Yaml.at(root, "Parameters", parameter))
                .getOrDefault("Default", "")
                .toString();
        return given.getOrDefault(parameter, inTemplate);
    }

    private Object chosen(Object node, Map<String, String> given) {
        if (node instanceof List<?> list) {
            return list.stream()
                    .map(entry -> chosen(entry, given))
                    .filter(entry -> !entry.equals(NO_VALUE))
                    .toList();
        }
        if (!(node instanceof Map<?, ?>)) {
            return node;
        }
        Map<String, Object> map = Yaml.map(node);
        if (map.containsKey("If")) {
            List<Object> branches = Yaml.list(map.get("If"));
            return chosen(branches.get(holds(Map.of("Condition", branches.get(0)), given) ? 1 : 2), given);
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            Object entry = chosen(value, given);
            if (!entry.equals(NO_VALUE)) {
                entries.put(key, entry);
            }
        });
        return entries;
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

    /** Returns the resources' names. */
    Set<String> resources() {
        return section("Resources").keySet();
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

    /** Returns the conditions that decide something. */
    Set<String> usedConditions() {
        Set<String> names = new TreeSet<>();
        visit(root, (key, value) -> {
            if (key.equals("If")) {
                names.add(Yaml.list(value).get(0).toString());
            } else if (key.equals("Condition") && value instanceof String name) {
                names.add(name);
            }
        });
        return names;
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
        visit(node, (key, value) -> {
            if (FUNCTIONS.contains(key)) {
                visitor.accept(key, value);
            }
        });
    }

    private static void visit(Object node, BiConsumer<String, Object> visitor) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                visitor.accept(key.toString(), value);
                visit(value, visitor);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(entry -> visit(entry, visitor));
        }
    }
}
