package io.caravan.csv.guess;

import io.caravan.csv.guess.NumberFormats.DecimalMark;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the values of columns say of formats and of NULL. */
public final class ColumnFindings {

    private final List<ColumnValues> columns;
    private final boolean isNullWritten;
    private final Map<String, String> parameters;
    private final List<Finding> findings;

    /**
     * Takes the columns.
     *
     * @param isNullWritten whether the escape of the objects writes NULL already, so that nothing is to be said of that
     * @param parameters get what is found
     * @param findings get why
     */
    public ColumnFindings(
            List<ColumnValues> columns, boolean isNullWritten, Map<String, String> parameters, List<Finding> findings) {
        this.columns = columns;
        this.isNullWritten = isNullWritten;
        this.parameters = parameters;
        this.findings = findings;
    }

    /** Finds all, and returns what somebody could choose. */
    public List<Choice> find() {
        Map<ColumnValues, FormatGuess> guesses = formats();
        Set<String> nulls = findNullWords(columns.stream()
                .filter(column -> column.isText() && !isFound(guesses.get(column)))
                .collect(Collectors.toSet()));
        // A word that is no NULL is a value of its column, and no format takes it.
        guesses.keySet()
                .removeIf(column -> !nulls.containsAll(column.nullWords().keySet()));
        say(guesses);
        List<Choice> choices = new ArrayList<>();
        guesses.forEach((column, guess) -> {
            if (!guess.choices().isEmpty()) {
                choices.add(new Choice(
                        column.name(),
                        guess.choices().stream()
                                .map(format -> piece(column, format))
                                .toList()));
            }
        });
        return choices;
    }

    private static String piece(ColumnValues column, String format) {
        return quoted(column.name()) + "=" + quotedFormat(format);
    }

    private static boolean isFound(@Nullable FormatGuess guess) {
        return guess != null && guess.isFound();
    }

    /** Returns the words for NULL. A word stands for all columns: one that is a value anywhere is none. */
    private Set<String> findNullWords(Set<ColumnValues> texts) {
        Map<String, Integer> words = new LinkedHashMap<>();
        for (ColumnValues column : columns) {
            column.nullWords().forEach((word, count) -> {
                if (NullWords.isPlain(word) || (!texts.contains(column) && !isTextIn(word, texts))) {
                    words.merge(word, count, Integer::sum);
                }
            });
        }
        Set<String> nulls = new HashSet<>(words.keySet());
        if (isNullWritten) {
            nulls.add("\\N");
            words.remove("\\N");
        }
        if (words.isEmpty()) {
            return nulls;
        }
        // An empty field of text stays NULL, as it is in feeds that say nothing of NULL.
        List<String> list = new ArrayList<>();
        boolean isEmptyToo = !isNullWritten && columns.stream().anyMatch(ColumnValues::hasEmptyText);
        if (isEmptyToo) {
            list.add("\"\"");
        }
        words.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .forEach(list::add);
        String nullString = String.join(", ", list);
        parameters.put("nullString", nullString);
        findings.add(new Finding(
                "nullString",
                nullString,
                Confidence.LIKELY,
                "in columns of numbers or dates, and not beside other words of text"
                        + (isEmptyToo ? "; and fields that are empty" : "")));
        if (columns.stream()
                .filter(column -> !texts.contains(column))
                .anyMatch(column -> column.quotedNullWords().stream().anyMatch(words::containsKey))) {
            parameters.put("nullQuoted", "true");
            findings.add(new Finding(
                    "nullQuoted",
                    "true",
                    Confidence.LIKELY,
                    "these words stand in quotes, as values do in such objects"));
        }
        return nulls;
    }

    private static boolean isTextIn(String word, Set<ColumnValues> texts) {
        return texts.stream()
                .anyMatch(column ->
                        column.nullWords().containsKey(word) && !column.values().isEmpty());
    }

    private Map<ColumnValues, FormatGuess> formats() {
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
        return guesses;
    }

    private void say(Map<ColumnValues, FormatGuess> guesses) {
        List<String> formats = new ArrayList<>();
        guesses.forEach((column, guess) -> {
            if (guess.isFound()) {
                formats.add(piece(column, guess.format()));
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
            Optional<FormatGuess> guess = NumberFormats.find(column, mark, !parameters.containsKey("delimiter"));
            if (guess.isEmpty() && column.isText()) {
                guess = DateFormats.find(column, dayFirst)
                        .or(() -> TimeFormats.find(column))
                        .or(() -> TruthFormats.find(column));
            }
            guess.ifPresent(found -> guesses.put(column, found));
        }
    }

    private static <T> Optional<T> only(List<T> found) {
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** Returns a name as lists of names have it. */
    public static String quoted(String name) {
        return name.matches("[\\p{L}\\p{N}_ .-]+") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String quotedFormat(String format) {
        return format.contains(";") || format.contains("\"") ? '"' + format.replace("\"", "\"\"") + '"' : format;
    }
}
