package io.caravan.csv.detect;

import io.caravan.csv.detect.NumberFormats.DecimalMark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the values of columns say of formats and of NULL. */
final class ColumnFindings {

    private final List<ColumnValues> columns;
    private final Punctuation dialect;
    private final Map<String, String> parameters;
    private final List<Finding> findings;

    /**
     * Takes the columns.
     *
     * @param parameters get what is found
     * @param findings get why
     */
    ColumnFindings(
            List<ColumnValues> columns, Punctuation dialect, Map<String, String> parameters, List<Finding> findings) {
        this.columns = columns;
        this.dialect = dialect;
        this.parameters = parameters;
        this.findings = findings;
    }

    void find() {
        findNullWords();
        findFormats();
    }

    /** A word stands for all columns: one that is a value anywhere is none. */
    private void findNullWords() {
        Map<String, Integer> words = new LinkedHashMap<>();
        for (ColumnValues column : columns) {
            column.nullWords().forEach((word, count) -> {
                if (NullWords.isPlain(word) || (!column.isText() && !isTextElsewhere(word))) {
                    words.merge(word, count, Integer::sum);
                }
            });
        }
        words.remove(dialect.escapes().haveNames() ? "\\N" : "");
        if (words.isEmpty()) {
            return;
        }
        String most =
                Collections.max(words.entrySet(), Map.Entry.comparingByValue()).getKey();
        words.remove(most);
        parameters.put("nullString", most);
        findings.add(new Finding(
                "nullString",
                most,
                words.isEmpty() ? Confidence.LIKELY : Confidence.GUESS,
                "in columns of numbers or dates, and not beside other words of text; empty fields of text are then empty text"
                        + (words.isEmpty() ? "" : "; " + String.join(", ", words.keySet()) + " stay text")));
    }

    private boolean isTextElsewhere(String word) {
        return columns.stream()
                .anyMatch(column -> column.nullWords().containsKey(word)
                        && column.isText()
                        && !column.values().isEmpty());
    }

    private void findFormats() {
        Map<ColumnValues, FormatGuess> guesses = new LinkedHashMap<>();
        // First what is certain: it says how the others are read.
        find(guesses, Optional.empty(), Optional.empty());
        Optional<Boolean> dayFirst = only(guesses.values().stream()
                .filter(FormatGuess::isFound)
                .flatMap(guess -> DateFormats.isDayFirst(guess.format())
                        ? Optional.of(true).stream()
                        : DateFormats.isMonthFirst(guess.format())
                                ? Optional.of(false).stream()
                                : Optional.<Boolean>empty().stream())
                .distinct()
                .toList());
        Optional<DecimalMark> mark = only(guesses.values().stream()
                .filter(guess -> guess.confidence() == Confidence.SURE)
                .flatMap(guess -> NumberFormats.mark(guess.format()).stream())
                .distinct()
                .toList());
        if (dayFirst.isPresent() || mark.isPresent()) {
            find(guesses, dayFirst, mark);
        }
        List<String> formats = new ArrayList<>();
        guesses.forEach((column, guess) -> {
            if (guess.isFound()) {
                formats.add(quoted(column.name()) + "=" + quotedFormat(guess.format()));
            }
            findings.add(new Finding(
                    "formats",
                    column.name() + (guess.isFound() ? "=" + guess.format() : ": text"),
                    guess.confidence(),
                    guess.reason()));
        });
        if (!formats.isEmpty()) {
            parameters.put("formats", String.join("; ", formats));
        }
    }

    private void find(Map<ColumnValues, FormatGuess> guesses, Optional<Boolean> dayFirst, Optional<DecimalMark> mark) {
        for (ColumnValues column : columns) {
            Optional<FormatGuess> guess = NumberFormats.find(column, mark);
            if (guess.isEmpty() && column.isText()) {
                guess = DateFormats.find(column, dayFirst).or(() -> TruthFormats.find(column));
            }
            guess.ifPresent(found -> guesses.put(column, found));
        }
    }

    private static <T> Optional<T> only(List<T> found) {
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** Returns a name as lists of names have it. */
    static String quoted(String name) {
        return name.matches("[\\p{L}\\p{N}_ .-]+") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String quotedFormat(String format) {
        return format.contains(";") || format.contains("\"") ? '"' + format.replace("\"", "\"\"") + '"' : format;
    }
}
