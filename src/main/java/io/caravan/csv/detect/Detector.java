package io.caravan.csv.detect;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.record.ForeignText;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.Escapes;
import io.caravan.model.feed.NamedCharacters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how objects are written: one way for all of them, as a feed has one. What is not certain is said so, and what cannot be
 * told apart is left as it is: text stays text.
 */
public final class Detector {

    /** As many as a table is made of. */
    private static final int RECORDS = 100_000;

    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private Detector() {}

    /**
     * Looks at samples.
     *
     * @param samples of at least one object
     * @throws RejectedObjectException if they are no CSV, or hold no record
     */
    public static Detection detect(List<Sample> samples) {
        return new Detector().look(samples);
    }

    private Detection look(List<Sample> samples) {
        CharsetGuess charset = CharsetGuess.of(samples);
        if (!charset.charset().equals(StandardCharsets.UTF_8)) {
            set("charset", charset.charset().name(), charset.confidence(), charset.reason());
        } else {
            findings.add(new Finding("charset", "UTF-8", charset.confidence(), charset.reason()));
        }
        Reading reading = read(samples, charset);
        say(reading.found());
        List<Layout> layouts = reading.layouts();
        Layout layout = reading.main();
        checkIsCsv(layout, reading.found().dialect());
        if (reading.hasComments()) {
            set("comment", "hash", Confidence.LIKELY, "no line that begins with # has the fields of a row");
        }
        say(layout, layouts);
        List<ColumnValues> columns = columns(layout, layouts);
        boolean isComplete = layouts.stream().allMatch(Layout::isComplete);
        new ColumnFindings(columns, reading.found().dialect(), parameters, findings).find();
        Optional<KeyGuess> key = KeyGuess.find(columns, isComplete);
        List<String> keys =
                key.map(guess -> List.of(columns.get(guess.column()).name())).orElse(List.of());
        key.ifPresent(guess -> findings.add(new Finding("keys", keys.get(0), guess.confidence(), guess.reason())));
        if (key.isEmpty()) {
            findings.add(new Finding(
                    "keys", "none", Confidence.GUESS, "no column has a name like id and another value in each row"));
        }
        return new Detection(parameters, keys, findings);
    }

    private record Reading(PunctuationSearch.Found found, List<Layout> layouts, boolean hasComments) {

        Layout main() {
            return layouts.stream()
                    .max(Comparator.comparingInt(one -> one.rows().size()))
                    .orElseThrow();
        }
    }

    /** Lines that begin with a hash are comments unless they have as many fields as the rows. */
    private static Reading read(List<Sample> samples, CharsetGuess charset) {
        if (CommentLines.areIn(samples)) {
            List<Sample> without = CommentLines.without(samples);
            PunctuationSearch.Found found = new PunctuationSearch(without, charset.charset()).best();
            Reading reading = new Reading(found, layouts(without, found.dialect(), charset), true);
            boolean areRows = layouts(samples, found.dialect(), charset).stream()
                    .anyMatch(layout -> isHash(layout.header(), reading.main().width())
                            || layout.rows().stream()
                                    .anyMatch(row -> isHash(row, reading.main().width())));
            if (!areRows && !reading.main().rows().isEmpty()) {
                return reading;
            }
        }
        PunctuationSearch.Found found = new PunctuationSearch(samples, charset.charset()).best();
        return new Reading(found, layouts(samples, found.dialect(), charset), false);
    }

    private static boolean isHash(@Nullable SampleRecord record, int width) {
        return record != null
                && !record.isMalformed()
                && record.size() == width
                && record.filled() > width / 2
                && record.field(0).startsWith("#")
                && !record.quoted().get(0);
    }

    private void set(String name, String value, Confidence confidence, String reason) {
        parameters.put(name, value);
        findings.add(new Finding(name, value, confidence, reason));
    }

    private void say(PunctuationSearch.Found found) {
        Punctuation dialect = found.dialect();
        String delimiter =
                NamedCharacters.nameOf(dialect.delimiter()).orElseGet(() -> String.valueOf(dialect.delimiter()));
        Confidence confidence = found.confidence();
        String reason = confidence == Confidence.GUESS
                ? "so the records are most alike, but another one is nearly as good"
                : "so the records have as many fields as each other, and the fields make sense";
        if (dialect.delimiter() == ',') {
            findings.add(new Finding("delimiter", delimiter, confidence, reason));
        } else {
            set("delimiter", delimiter, confidence, reason);
        }
        if (dialect.escapes() == Escapes.POSTGRES || dialect.escapes() == Escapes.MYSQL) {
            set(
                    "escape",
                    dialect.escapes() == Escapes.POSTGRES ? "postgres" : "mysql",
                    Confidence.LIKELY,
                    "backslashes before letters, as it writes them");
        } else if (dialect.escape() != null) {
            set("escape", "backslash", Confidence.LIKELY, "backslashes before quotes, delimiters or line breaks");
        }
        if (dialect.quote() == null && dialect.escapes() != Escapes.POSTGRES) {
            set("quote", "none", Confidence.LIKELY, "quotes stand inside of fields and do not close, so they are text");
        } else if (dialect.quote() != null && dialect.quote() != '"') {
            set("quote", String.valueOf(dialect.quote()), Confidence.LIKELY, "fields begin and end with it");
        }
    }

    private static List<Layout> layouts(List<Sample> samples, Punctuation dialect, CharsetGuess charset) {
        List<Layout> layouts = new ArrayList<>();
        int left = RECORDS;
        for (Sample sample : samples) {
            SampleRecords read = SampleRecords.read(sample, dialect.format(charset.charset()), Math.max(1, left));
            left -= read.records().size();
            layouts.add(new LayoutSearch(read, sample.lines(charset.charset())).find());
        }
        return layouts;
    }

    private static void checkIsCsv(Layout layout, Punctuation dialect) {
        @Nullable
        SampleRecord first = layout.header() != null
                ? layout.header()
                : layout.rows().isEmpty() ? null : layout.rows().get(0);
        if (first == null) {
            throw new RejectedObjectException(ErrorCode.OBJECT_NO_HEADER, "there is no record to learn from");
        }
        @Nullable
        SampleRecord second = layout.rows().isEmpty() ? null : layout.rows().get(0);
        String delimiter = String.valueOf(dialect.delimiter());
        ForeignText.recognise(
                        String.join(delimiter, first.fields()),
                        second == null ? null : String.join(delimiter, second.fields()))
                .ifPresent(reason -> {
                    throw new RejectedObjectException(ErrorCode.OBJECT_NOT_CSV, reason);
                });
    }

    private void say(Layout layout, List<Layout> all) {
        long skipped = isShort(layout) ? layout.rows().get(0).line() - 1 : layout.skipped();
        if (skipped > 0) {
            set(
                    "skipLines",
                    Long.toString(skipped),
                    all.stream().allMatch(other -> other.skipped() == layout.skipped())
                            ? Confidence.LIKELY
                            : Confidence.GUESS,
                    "what stands above has not as many fields as the rows");
        }
        if (layout.header() == null || isShort(layout)) {
            set("header", listed(names(layout)), layout.headerConfidence(), layout.headerReason());
            return;
        }
        findings.add(new Finding("header", "true", layout.headerConfidence(), layout.headerReason()));
        if (ShortRows.areMeant(layout)) {
            set(
                    "shortRows",
                    "null",
                    Confidence.LIKELY,
                    "records lack fields at their end, and those that they have are of their columns");
        }
        if (layout.afterHeader() > 0) {
            set(
                    "skipAfterHeader",
                    Long.toString(layout.afterHeader()),
                    Confidence.LIKELY,
                    "words where the rows hold numbers or dates: units, or a line that was drawn");
        }
        if (layout.footer() > 0) {
            boolean isSame = all.stream().allMatch(other -> other.footer() == layout.footer());
            if (isSame) {
                set(
                        "skipLastLines",
                        Long.toString(layout.footer()),
                        Confidence.LIKELY,
                        "what stands at the end has not the fields of the rows");
            } else {
                findings.add(
                        new Finding(
                                "skipLastLines",
                                "0",
                                Confidence.GUESS,
                                "not all objects have as many lines at the end that are no rows; these lines will be rejected"));
            }
        }
    }

    /** Returns whether the rows begin with a number or a name of their own, which has no name in the header. */
    private static boolean isShort(Layout layout) {
        SampleRecord header = layout.header();
        return header != null && header.size() == layout.width() - 1 && !layout.hasEmptyEnd();
    }

    private static List<String> names(Layout layout) {
        SampleRecord header = layout.header();
        if (header == null) {
            return MadeNames.numbered(layout.width());
        }
        List<String> names = new ArrayList<>();
        if (isShort(layout)) {
            names.add("column_1");
        }
        header.fields().forEach(name -> names.add(ColumnPolicy.fold(name)));
        if (isShort(layout)) {
            MadeNames.mended(names).forEach((position, name) -> names.set(position - 1, name));
        }
        return names;
    }

    private static String listed(List<String> names) {
        return names.stream().map(ColumnFindings::quoted).collect(Collectors.joining(","));
    }

    private List<ColumnValues> columns(Layout layout, List<Layout> all) {
        List<String> names = names(layout);
        // A last name that is empty over values that are all empty is no column.
        if (names.size() > 1
                && names.get(names.size() - 1).isEmpty()
                && (names.size() > layout.width() || layout.hasEmptyEnd())) {
            names = names.subList(0, names.size() - 1);
        }
        if (layout.header() != null) {
            Map<Integer, String> mended = MadeNames.mended(names);
            if (!mended.isEmpty()) {
                List<String> pairs = new ArrayList<>();
                for (Map.Entry<Integer, String> one : mended.entrySet()) {
                    names.set(one.getKey() - 1, one.getValue());
                    pairs.add(one.getKey() + "=" + one.getValue());
                }
                set(
                        "columns",
                        String.join(", ", pairs),
                        Confidence.SURE,
                        "these fields have no name in the header, or one that stands there twice or that no column can have");
            }
        }
        List<ColumnValues> columns = names.stream().map(ColumnValues::new).toList();
        for (Layout one : all) {
            for (SampleRecord row : one.rows()) {
                if (!row.isMalformed() && row.size() == one.width()) {
                    for (int i = 0; i < Math.min(columns.size(), row.size()); i++) {
                        columns.get(i).add(row.field(i));
                    }
                }
            }
        }
        return columns;
    }
}
