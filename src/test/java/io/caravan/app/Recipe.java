package io.caravan.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A recipe of the manual: files, the parameters of their feed as they stand in a feed's file, and the table that comes of it. */
final class Recipe {

    private static final Path MANUAL = Path.of("docs", "recipes.md");
    private static final Pattern SECTION = Pattern.compile("(?ms)^## (.*?)$(.*?)(?=^## |\\z)");

    /** A block, with the key that stands above it in code, if one does; or a line of a table. */
    private static final Pattern PART =
            Pattern.compile("(?ms)^(?:`([^`\n]+)`[^\n]*\n\n)?```(\\w+)\n(.*?)^```$|^\\| ([^\n]*) \\|$");

    final String title;

    /** By their keys behind the feed's prefix. */
    final Map<String, String> objects = new LinkedHashMap<>();

    /** The names of the columns, then the rows, each with {@code |} between; NULL is {@code NULL}. */
    final List<String> table = new ArrayList<>();

    /** What else is found, in the same form; empty if nothing is asked. */
    final List<String> answer = new ArrayList<>();

    /** How the table is made; empty if the first load makes it. */
    private String definition = "";

    private String question = "";
    private final List<String> parameters = new ArrayList<>();

    private Recipe(String title, String text) {
        this.title = title;
        for (Matcher part = PART.matcher(text); part.find(); ) {
            String row = part.group(4);
            if (row != null) {
                (question.isEmpty() ? table : answer).add(row.replace(" | ", "|"));
            } else {
                add(part.group(1) == null ? "a.csv" : part.group(1), part.group(2), part.group(3));
            }
        }
    }

    private void add(String key, String language, String content) {
        switch (language) {
            case "csv" -> objects.put(key, content);
            case "yaml" -> parameters.addAll(content.lines().toList());
            case "sql" -> {
                if (content.startsWith("CREATE")) {
                    definition = content;
                } else {
                    question = content;
                }
            }
            default -> throw new IllegalArgumentException(title + ": " + language);
        }
    }

    /** Returns all of the manual's. */
    static List<Recipe> all() throws IOException {
        List<Recipe> recipes = new ArrayList<>();
        for (Matcher section = SECTION.matcher(Files.readString(MANUAL)); section.find(); ) {
            recipes.add(new Recipe(section.group(1), section.group(2)));
        }
        return recipes;
    }

    /** Returns what makes the table of a feed of this name; empty if the first load does. */
    String definition(String name) {
        return definition.replaceFirst("CREATE TABLE \\S+", "CREATE TABLE public." + name);
    }

    /** Returns what else is asked about a feed of this name; empty if nothing is. */
    String question(String name) {
        return question.replaceFirst("feed = '\\w+'", "feed = '" + name + "'");
    }

    /** Returns the file of a feed of this name. */
    String feed(String name, String bucket) {
        List<String> lines = new ArrayList<>(List.of(
                "- { name: bucket, value: " + bucket + " }",
                "- { name: prefix, value: " + name + "/ }",
                "- { name: table, value: public." + name + " }"));
        lines.addAll(parameters);
        StringBuilder yaml = new StringBuilder("- templatedRoute:\n    routeId: " + name
                + "\n    routeTemplateRef: s3-csv-to-redshift\n    parameters:\n");
        lines.forEach(line -> yaml.append("      ").append(line).append('\n'));
        return yaml.toString();
    }
}
