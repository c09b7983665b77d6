package io.caravan.route.parameter;

import io.caravan.model.feed.SchemaPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads from a feed's parameters whether it creates its target table and changes its columns. */
final class SchemaParameters {

    /** As many as a table of Redshift has. */
    private static final int MAX_COLUMNS = 1_600;

    private final Map<String, String> parameters;
    private final List<String> problems;

    /**
     * Takes the texts.
     *
     * @param problems gets what does not hold
     */
    SchemaParameters(Map<String, String> parameters, List<String> problems) {
        this.parameters = parameters;
        this.problems = problems;
    }

    /** Other values of {@code schema} are {@link ColumnParameters}' to read. */
    SchemaPolicy policy() {
        boolean createsTable = createsTable();
        String distKey = text("distKey");
        List<String> sortKeys = Arrays.stream(text("sortKey").split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        if (distKey.contains(",")) {
            problems.add("'distKey' is one column");
        }
        if (sortKeys.stream().map(SchemaParameters::fold).distinct().count() < sortKeys.size()) {
            problems.add("'sortKey' names a column twice");
        }
        if (!createsTable && !(distKey.isEmpty() && sortKeys.isEmpty())) {
            problems.add("'distKey' and 'sortKey' say how a table is created, and need 'createTable' to be true");
        }
        if (createsTable && fold(text("header")).equals("false")) {
            problems.add(
                    "'createTable' needs the names of the columns: 'header' is true where the objects have them, or gives"
                            + " them, as in 'id,name,qty'");
        }
        return new SchemaPolicy(
                fold(text("schema")).equals("evolve"),
                maxNewColumns(),
                createsTable,
                distKey.isEmpty() ? null : distKey,
                sortKeys,
                fold(text("createTable")).equals("text"));
    }

    private boolean createsTable() {
        return switch (fold(text("createTable"))) {
            case "", "false" -> false;
            case "true", "text" -> true;
            default -> {
                problems.add("'createTable' is true, text or false, and not '" + written("createTable") + "'");
                yield false;
            }
        };
    }

    private int maxNewColumns() {
        String text = text("maxNewColumns");
        try {
            int number = text.isEmpty() ? SchemaPolicy.DEFAULT_MAX_NEW_COLUMNS : Integer.parseInt(text);
            if (number >= 0 && number <= MAX_COLUMNS) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        problems.add("'maxNewColumns' is a whole number from 0 to " + MAX_COLUMNS + ", and not '" + text + "'");
        return SchemaPolicy.DEFAULT_MAX_NEW_COLUMNS;
    }

    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private String text(String name) {
        return written(name).strip();
    }

    private String written(String name) {
        return parameters.getOrDefault(name, "");
    }
}
