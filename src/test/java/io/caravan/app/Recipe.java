package io.caravan.app;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recipe of the manual: a file, the parameters of its feed as they stand in a feed's file, and the table that comes of it.
 *
 * @param title for people
 * @param content of the file
 * @param parameters lines of the feed's file
 * @param table the names of the columns, then the rows, each with {@code |} between; NULL is {@code NULL}
 */
record Recipe(String title, String content, List<String> parameters, List<String> table) {

    private static final Path MANUAL = Path.of("docs", "recipes.md");
    private static final Pattern SECTION = Pattern.compile("(?ms)^## (.*?)$(.*?)(?=^## |\\z)");
    private static final Pattern CONTENT = Pattern.compile("(?ms)^```csv\n(.*?)^```$");
    private static final Pattern PARAMETERS = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (.*) \\|$");

    /** Returns all of the manual's. */
    static List<Recipe> all() throws IOException {
        List<Recipe> recipes = new ArrayList<>();
        for (Matcher section = SECTION.matcher(Files.readString(MANUAL)); section.find(); ) {
            String text = section.group(2);
            String content = only(CONTENT, text);
            List<String> parameters = only(PARAMETERS, text).lines().toList();
            List<String> table = ROW.matcher(text)
                    .results()
                    .map(row -> row.group(1).replace(" | ", "|"))
                    .toList();
            recipes.add(new Recipe(section.group(1), content, parameters, table));
        }
        return recipes;
    }

    private static String only(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).collect(joining());
    }

    /** Returns the file of a feed of this name. */
    String feed(String name, String bucket) {
        List<String> lines = new ArrayList<>(List.of(
                "- { name: bucket, value: " + bucket + " }",
                "- { name: prefix, value: " + name + "/ }",
                "- { name: table, value: public." + name + " }"));
        lines.addAll(parameters);
        return "- templatedRoute:\n    routeId: " + name
                + "\n    routeTemplateRef: s3-csv-to-redshift\n    parameters:\n"
                + lines.stream().map(line -> "      " + line + "\n").collect(joining());
    }
}
