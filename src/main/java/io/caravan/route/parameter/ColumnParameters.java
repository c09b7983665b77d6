package io.caravan.route.parameter;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.caravan.model.feed.CatalogShape;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.ColumnPolicy.MissingColumns;
import io.caravan.model.feed.ColumnPolicy.OnInvalid;
import io.caravan.model.feed.ColumnPolicy.Schema;
import io.caravan.model.feed.RowRule;
import io.caravan.model.mask.Mask;
import io.caravan.model.mask.MaskKey;
import io.caravan.model.mask.Masks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a feed's parameters say about columns. Whether the table has such columns is not known here. */
final class ColumnParameters {

    private static final Pattern COMMA = Pattern.compile(",");
    private static final Pattern SEMICOLON = Pattern.compile(";");
    private static final Pattern EQUALS = Pattern.compile("=");

    private final ParameterTexts texts;
    private final boolean header;
    private final @Nullable MaskKey maskKey;

    /**
     * Takes the texts.
     *
     * @param texts is told of all that does not hold
     * @param header whether the objects name their columns
     * @param maskKey the key of hashes that stand for values; null if there is none
     */
    ColumnParameters(ParameterTexts texts, boolean header, @Nullable MaskKey maskKey) {
        this.maskKey = maskKey;
        this.texts = texts;
        this.header = header;
    }

    ColumnPolicy policy() {
        ColumnPolicy policy = new ColumnPolicy(
                schema(),
                word("missingColumns", texts.written("missingColumns"), MissingColumns.NULL),
                assignments("columns", COMMA),
                assignments("constants", COMMA),
                assignments("formats", SEMICOLON),
                onInvalid(),
                rules(),
                usesSnakeNames(),
                CatalogShape.parse(texts.written("catalogColumns"), !texts.isSecond("catalogHeader", "same", "any")),
                masks());
        checkRenames(policy.renames());
        checkConstants(policy);
        checkMasks(policy);
        return policy;
    }

    /** A table that evolves gets the columns before objects are held against it; {@link SchemaParameters} reads that. */
    private Schema schema() {
        return switch (texts.stripped("schema").toLowerCase(Locale.ROOT)) {
            case "", "freeze", "evolve" -> Schema.FREEZE;
            case "ignore" -> Schema.IGNORE;
            default -> {
                texts.refuse("'schema' is freeze, ignore or evolve, and not '" + texts.written("schema") + "'");
                yield Schema.FREEZE;
            }
        };
    }

    private boolean usesSnakeNames() {
        String text = texts.stripped("names").toLowerCase(Locale.ROOT);
        if (!text.isEmpty() && !text.equals("same") && !text.equals("snake")) {
            texts.refuse("'names' is same or snake, and not '" + texts.written("names") + "'");
        }
        return text.equals("snake");
    }

    private Map<String, OnInvalid> onInvalid() {
        Map<String, OnInvalid> actions = new LinkedHashMap<>();
        assignments("onInvalid", COMMA)
                .forEach((column, action) -> actions.put(column, word("onInvalid", action, OnInvalid.REJECT)));
        return actions;
    }

    private List<RowRule> rules() {
        List<RowRule> rules = new ArrayList<>();
        for (String rule : pieces("rules", SEMICOLON)) {
            try {
                rules.add(RowRuleText.parse(rule));
            } catch (IllegalArgumentException e) {
                texts.refuse("'rules' cannot have '" + rule + "': " + e.getMessage());
            }
        }
        return rules;
    }

    private void checkRenames(Map<String, String> renames) {
        if (!renames.isEmpty() && !header) {
            texts.refuse("'columns' names columns of the header, and 'header' says that there is none; it can give the"
                    + " names, as in 'id,name,qty'");
        }
        Set<String> targets = new HashSet<>();
        renames.values().stream()
                .filter(target -> !target.isEmpty() && !targets.add(ColumnPolicy.fold(target)))
                .forEach(target -> texts.refuse("'columns' has two sources for '" + target + "'"));
    }

    /** What is said of values in the objects says nothing of a column that the objects do not have. */
    private void checkConstants(ColumnPolicy policy) {
        Map.of(
                        "columns", policy.renames().values(),
                        "formats", policy.formats().keySet(),
                        "onInvalid", policy.onInvalid().keySet())
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(parameter -> parameter.getValue().stream()
                        .filter(column -> policy.constants().containsKey(ColumnPolicy.fold(column)))
                        .forEach(column -> texts.refuse("'" + parameter.getKey() + "' has '" + column
                                + "', whose value is the same for all rows by 'constants'")));
    }

    private Masks masks() {
        Map<String, Mask> masks = new LinkedHashMap<>();
        assignments("mask", COMMA).forEach((column, mask) -> {
            try {
                masks.put(ColumnPolicy.fold(column), Mask.parse(mask));
            } catch (IllegalArgumentException e) {
                texts.refuse("'mask' cannot have '" + column + "=" + mask + "': " + e.getMessage());
            }
        });
        return masks.isEmpty() ? Masks.NONE : new Masks(masks, maskKey, false);
    }

    /** A value is masked before anything else is made of it, so that there is nothing else to be made of it. */
    private void checkMasks(ColumnPolicy policy) {
        Set<String> masked = policy.masks().byColumn().keySet();
        Map<String, Set<String>> others = new LinkedHashMap<>();
        others.put("constants", policy.constants().keySet());
        others.put("formats", policy.formats().keySet());
        others.put("onInvalid", policy.onInvalid().keySet());
        others.put(
                "rules",
                policy.rules().stream()
                        .map(rule -> ColumnPolicy.fold(rule.column()))
                        .collect(toSet()));
        others.forEach((parameter, columns) -> columns.stream()
                .filter(masked::contains)
                .forEach(column -> texts.refuse("'" + parameter + "' has '" + column
                        + "', whose values are not looked at by 'mask'; leave one out")));
        for (String parameter : List.of("sequenceBy", "changeColumn", "deletedColumn")) {
            if (masked.contains(ColumnPolicy.fold(texts.stripped(parameter)))) {
                texts.refuse("'mask' has '" + texts.stripped(parameter) + "', which is the feed's '" + parameter
                        + "', and must be seen");
            }
        }
        if (!masked.isEmpty() && !texts.given("createTable", "false").strip().equalsIgnoreCase("false")) {
            texts.refuse("'mask' cannot go with 'createTable' " + texts.written("createTable")
                    + ": a table is made by values as they are; create it, with VARCHAR(64) for a hash");
        }
        if (!masked.isEmpty() && texts.stripped("schema").equalsIgnoreCase("evolve")) {
            texts.refuse("'mask' cannot go with 'schema' " + texts.written("schema")
                    + ": columns would become as long as values are; leave one out");
        }
    }

    /** Reads {@code column=value}, more of them with separators between. */
    private Map<String, String> assignments(String parameter, Pattern separator) {
        Map<String, String> assignments = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (String piece : pieces(parameter, separator)) {
            List<String> sides = QuotedText.split(piece, EQUALS, 2);
            if (sides.size() < 2) {
                texts.refuse("'" + parameter + "' cannot have '" + piece + "': there is no equals sign in it");
                continue;
            }
            try {
                String name = QuotedText.unquoted(sides.get(0));
                String value = QuotedText.unquoted(sides.get(1));
                if (names.add(ColumnPolicy.fold(name))) {
                    assignments.put(name, value);
                } else {
                    texts.refuse("'" + parameter + "' has '" + name + "' twice");
                }
            } catch (IllegalArgumentException e) {
                texts.refuse("'" + parameter + "' cannot have '" + piece + "': " + e.getMessage());
            }
        }
        return assignments;
    }

    private List<String> pieces(String parameter, Pattern separator) {
        try {
            return QuotedText.split(texts.stripped(parameter), separator, 0).stream()
                    .filter(piece -> !piece.isEmpty())
                    .toList();
        } catch (IllegalArgumentException e) {
            texts.refuse("'" + parameter + "': " + e.getMessage());
            return List.of();
        }
    }

    private <E extends Enum<E>> E word(String parameter, String text, E fallback) {
        E[] words = fallback.getDeclaringClass().getEnumConstants();
        if (text.isBlank()) {
            return fallback;
        }
        return Stream.of(words)
                .filter(word -> word.name().equals(text.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseGet(() -> {
                    texts.refuse("'" + parameter + "' is "
                            + Arrays.stream(words)
                                    .map(word -> word.name().toLowerCase(Locale.ROOT))
                                    .collect(joining(" or "))
                            + ", and not '" + text + "'");
                    return fallback;
                });
    }
}
