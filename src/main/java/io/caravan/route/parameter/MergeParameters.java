package io.caravan.route.parameter;

import static java.util.stream.Collectors.joining;

import io.caravan.model.feed.ChangeWords;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.Mode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads from a feed's parameters how its rows change the target table. */
final class MergeParameters {

    private final ParameterTexts texts;

    /**
     * Takes the texts.
     *
     * @param texts is told of all that does not hold
     */
    MergeParameters(ParameterTexts texts) {
        this.texts = texts;
    }

    MergePolicy policy() {
        Mode mode = choice("mode", Mode.values(), MergePolicy.DEFAULT.mode());
        Duplicates duplicates = choice("duplicates", Duplicates.values(), Duplicates.LAST);
        String changeColumn = texts.orNull("changeColumn");
        boolean remembersRows = isTrue("rememberRows");
        if (remembersRows) {
            checkRemembering(mode, duplicates);
        }
        return new MergePolicy(
                mode,
                duplicates,
                texts.orNull("sequenceBy"),
                texts.orNull("deletedColumn"),
                ratio(),
                changeColumn == null ? MergePolicy.DEFAULT.changeColumn() : changeColumn,
                changeWords(mode),
                mode.keepsVersions() && isTrue("closeMissing"),
                isTrue("keepSuperseded"),
                remembersRows);
    }

    private ChangeWords changeWords(Mode mode) {
        String text = texts.stripped("changeValues");
        if (text.isEmpty()) {
            return ChangeWords.DEFAULT;
        }
        List<List<String>> words = Arrays.stream(text.split("/", -1))
                .map(some ->
                        Arrays.stream(some.split("\\|", -1)).map(String::strip).toList())
                .toList();
        try {
            if (words.size() == 3) {
                ChangeWords own = new ChangeWords(words.get(0), words.get(1), words.get(2));
                if (!mode.hasChangeColumn() && !own.equals(ChangeWords.DEFAULT)) {
                    texts.refuse("'changeValues' needs 'mode' to be changes, and not " + spelling(mode));
                }
                return own;
            }
            texts.refuse("'changeValues' has the words for a row that is inserted, updated and deleted, as"
                    + " INSERT/UPDATE/DELETE or c|r/u/d, and not '" + text + "'");
        } catch (IllegalArgumentException e) {
            texts.refuse("'changeValues' cannot be '" + text + "': " + e.getMessage());
        }
        return ChangeWords.DEFAULT;
    }

    /** What is remembered is which row of a key was loaded last, and that it stands in the target as it is. */
    private void checkRemembering(Mode mode, Duplicates duplicates) {
        if (!mode.canRemember()) {
            String able = Arrays.stream(Mode.values())
                    .filter(Mode::canRemember)
                    .map(MergeParameters::spelling)
                    .collect(joining(" or "));
            texts.refuse("'rememberRows' needs 'mode' to be " + able + ", and not " + spelling(mode));
        }
        if (duplicates != Duplicates.LAST) {
            texts.refuse("'rememberRows' needs 'duplicates' to be last, and not " + spelling(duplicates));
        }
        for (String other : List.of("sequenceBy", "deletedColumn")) {
            if (texts.orNull(other) != null) {
                texts.refuse("'rememberRows' cannot go with '" + other + "'; leave one of the two out");
            }
        }
        if (isTrue("keepSuperseded")) {
            texts.refuse("'rememberRows' cannot go with 'keepSuperseded'; leave one of the two out");
        }
    }

    private boolean isTrue(String name) {
        return switch (texts.stripped(name).toLowerCase(Locale.ROOT)) {
            case "", "false" -> false;
            case "true" -> true;
            default -> {
                texts.refuse("'" + name + "' is true or false, and not '" + texts.written(name) + "'");
                yield false;
            }
        };
    }

    private double ratio() {
        String text = texts.stripped("maxDeletedRatio");
        try {
            double ratio = text.isEmpty() ? MergePolicy.DEFAULT.maxDeletedRatio() : Double.parseDouble(text);
            if (ratio >= 0 && ratio <= 1) {
                return ratio;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        texts.refuse("'maxDeletedRatio' is from 0 to 1, and not '" + texts.written("maxDeletedRatio") + "'");
        return MergePolicy.DEFAULT.maxDeletedRatio();
    }

    private <E extends Enum<E>> E choice(String name, E[] values, E fallback) {
        String text = texts.stripped(name);
        if (text.isEmpty()) {
            return fallback;
        }
        return Arrays.stream(values)
                .filter(value -> spelling(value).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseGet(() -> {
                    texts.refuse("'" + name + "' is one of "
                            + Arrays.stream(values)
                                    .map(MergeParameters::spelling)
                                    .toList() + ", and not '" + texts.written(name) + "'");
                    return fallback;
                });
    }

    private static String spelling(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
