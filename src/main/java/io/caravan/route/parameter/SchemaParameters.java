package io.caravan.route.parameter;

import io.caravan.model.feed.SchemaPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads from a feed's parameters whether it creates its target table and changes its columns. */
final class SchemaParameters {

    /** As many as a table of Redshift has. */
    private static final int MAX_COLUMNS = 1_600;

    private final ParameterTexts texts;

    /**
     * Takes the texts.
     *
     * @param texts is told of all that does not hold
     */
    SchemaParameters(ParameterTexts texts) {
        this.texts = texts;
    }

    /** Other values of {@code schema} are {@link ColumnParameters}' to read. */
    SchemaPolicy policy() {
        boolean createsTable = createsTable();
        String distKey = texts.stripped("distKey");
        List<String> sortKeys = Arrays.stream(texts.stripped("sortKey").split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        if (distKey.contains(",")) {
            texts.refuse("'distKey' is one column");
        }
        if (sortKeys.stream().map(SchemaParameters::fold).distinct().count() < sortKeys.size()) {
            texts.refuse("'sortKey' names a column twice");
        }
        if (!createsTable && !(distKey.isEmpty() && sortKeys.isEmpty())) {
            texts.refuse("'distKey' and 'sortKey' say how a table is created, and need 'createTable' to be true");
        }
        if (createsTable && fold(texts.stripped("header")).equals("false")) {
            texts.refuse(
                    "'createTable' needs the names of the columns: 'header' is true where the objects have them, or gives"
                            + " them, as in 'id,name,qty'");
        }
        return new SchemaPolicy(
                fold(texts.stripped("schema")).equals("evolve"),
                maxNewColumns(),
                createsTable,
                distKey.isEmpty() ? null : distKey,
                sortKeys,
                fold(texts.stripped("createTable")).equals("text"));
    }

    private boolean createsTable() {
        return switch (fold(texts.stripped("createTable"))) {
            case "", "false" -> false;
            case "true", "text" -> true;
            default -> {
                texts.refuse("'createTable' is true, text or false, and not '" + texts.written("createTable") + "'");
                yield false;
            }
        };
    }

    private int maxNewColumns() {
        String text = texts.stripped("maxNewColumns");
        try {
            int number = text.isEmpty() ? SchemaPolicy.DEFAULT_MAX_NEW_COLUMNS : Integer.parseInt(text);
            if (number >= 0 && number <= MAX_COLUMNS) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        texts.refuse("'maxNewColumns' is a whole number from 0 to " + MAX_COLUMNS + ", and not '" + text + "'");
        return SchemaPolicy.DEFAULT_MAX_NEW_COLUMNS;
    }

    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
