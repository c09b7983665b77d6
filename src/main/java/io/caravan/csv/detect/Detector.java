package io.caravan.csv.detect;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.guess.Choice;
import io.caravan.csv.guess.ColumnFindings;
import io.caravan.csv.guess.ColumnValues;
import io.caravan.csv.guess.Confidence;
import io.caravan.csv.guess.Finding;
import io.caravan.csv.guess.KeyGuess;
import io.caravan.csv.record.ForeignText;
import io.caravan.model.feed.ColumnNames;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.Escapes;
import io.caravan.model.feed.NamedCharacters;
import io.caravan.model.feed.RecordLength;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how objects are written: one way for all of them, as a feed has one. What is not certain is said so, and what cannot be
 * told apart is left as it is: text stays text.
 */
public final class Detector {

    /** As many as a table is made of. */
    private static final int RECORDS = 100_000;

    private static final String HASH = "#";
    private static final String TWO_HASHES = "##";

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
        Layout layout = DmsChanges.find(layouts).orElse(reading.main());
        checkIsCsv(
                samples.get(layouts.indexOf(layout)),
                charset,
                layout,
                reading.found().dialect());
        if (!reading.comment().isEmpty()) {
            set(
                    "comment",
                    reading.comment().equals(HASH) ? "hash" : reading.comment(),
                    Confidence.LIKELY,
                    "no line that begins with it has the fields of a row");
        }
        say(layout, layouts);
        List<ColumnValues> columns = columns(layout, layouts);
        boolean isComplete = layouts.stream().allMatch(Layout::isComplete);
        List<Choice> choices = new ColumnFindings(
                        columns, reading.found().dialect().escapes().haveNames(), parameters, findings)
                .find();
        boolean holdsChanges = columns.stream().anyMatch(Detector::isChange);
        List<ColumnValues> own =
                columns.stream().filter(column -> !isChange(column)).toList();
        List<String> keys = keys(
                holdsChanges ? keyOfChanges(own, layout, layouts) : KeyGuess.find(own, isComplete), own, holdsChanges);
        return new Detection(
                parameters, columns.stream().map(ColumnValues::name).toList(), keys, holdsChanges, choices, findings);
    }

    private static boolean isChange(ColumnValues column) {
        return column.name().equalsIgnoreCase(DmsChanges.COLUMN)
                && !column.values().isEmpty()
                && DmsChanges.LETTERS.containsAll(column.values());
    }

    private static Optional<KeyGuess> keyOfChanges(List<ColumnValues> columns, Layout layout, List<Layout> all) {
        return DmsChanges.areIn(layout) && DmsChanges.isFirstKey(layout, all)
                ? Optional.of(new KeyGuess(
                        0,
                        Confidence.GUESS,
                        "the first field of the table, and each row that is inserted has another value"))
                : KeyGuess.findOfChanges(columns);
    }

    private List<String> keys(Optional<KeyGuess> key, List<ColumnValues> columns, boolean holdsChanges) {
        List<String> keys =
                key.map(guess -> List.of(columns.get(guess.column()).name())).orElse(List.of());
        key.ifPresent(guess -> findings.add(new Finding("keys", keys.get(0), guess.confidence(), guess.reason())));
        if (key.isEmpty()) {
            findings.add(new Finding(
                    "keys",
                    "none",
                    Confidence.GUESS,
                    holdsChanges
                            ? "no column has a name like id, so rows that say what changed are added as they are; with"
                                    + " --keys they would be changes"
                            : "no column has a name like id and another value in each row"));
        }
        if (holdsChanges && key.isPresent()) {
            findings.add(new Finding(
                    "mode",
                    "changes",
                    Confidence.LIKELY,
                    "a column Op says of each row what it changes, as AWS DMS writes"));
        }
        return keys;
    }

    /**
     * What was read.
     *
     * @param comment what lines begin with that are left out; empty for none
     */
    private record Reading(PunctuationSearch.Found found, List<Layout> layouts, String comment) {

        static Reading of(List<Sample> samples, CharsetGuess charset, String comment) {
            List<Sample> read = comment.isEmpty() ? samples : CommentLines.without(samples, comment);
            PunctuationSearch.Found found = new PunctuationSearch(read, charset.charset()).best();
            return new Reading(found, Detector.layouts(read, found.dialect(), charset), comment);
        }

        Layout main() {
            return layouts.stream()
                    .max(Comparator.comparingInt(one -> one.rows().size()))
                    .orElseThrow();
        }

        /** Returns whether there is a header that is no comment. */
        private boolean hasHeader() {
            return main().header() != null && main().headerConfidence() != Confidence.GUESS;
        }

        private boolean hasHashHeader() {
            SampleRecord header = main().header();
            return header != null && isHash(header, main().width());
        }
    }

    /**
     * Lines that begin with a hash are comments unless they have as many fields as the rows. Where the header begins with one,
     * those that begin with two are.
     */
    private static Reading read(List<Sample> samples, CharsetGuess charset) {
        if (CommentLines.areIn(samples, HASH)) {
            Reading reading = Reading.of(samples, charset, HASH);
            boolean areRows = layouts(samples, reading.found().dialect(), charset).stream()
                    .anyMatch(layout -> (isHash(layout.header(), reading.main().width()) && !reading.hasHeader())
                            || layout.rows().stream()
                                    .anyMatch(row -> isHash(row, reading.main().width())));
            if (!areRows && !reading.main().rows().isEmpty()) {
                return reading;
            }
        }
        if (CommentLines.areIn(samples, TWO_HASHES)) {
            Reading reading = Reading.of(samples, charset, TWO_HASHES);
            if (reading.hasHashHeader()) {
                return reading;
            }
        }
        return Reading.of(samples, charset, "");
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
            layouts.add(new LayoutSearch(read, dialect.delimiter(), sample.lines(charset.charset())).find());
        }
        return layouts;
    }

    private static void checkIsCsv(Sample sample, CharsetGuess charset, Layout layout, Punctuation dialect) {
        @Nullable
        SampleRecord first = layout.header() != null
                ? layout.header()
                : layout.rows().isEmpty() ? null : layout.rows().get(0);
        if (first == null) {
            throw new RejectedObjectException(ErrorCode.OBJECT_NO_HEADER, "there is no record to learn from");
        }
        @Nullable
        SampleRecord second = layout.rows().isEmpty() ? null : layout.rows().get(0);
        if (layout.width() == 1 && FixedWidth.is(layout.rows())) {
            throw new RejectedObjectException(
                    ErrorCode.OBJECT_NOT_CSV,
                    "no delimiter parts its fields: they stand below each other, with blanks between");
        }
        String delimiter = String.valueOf(dialect.delimiter());
        ForeignText.recognise(
                        String.join(delimiter, first.fields()),
                        second == null ? null : String.join(delimiter, second.fields()))
                .or(() -> layout.skipped() == 0 && layout.header() != null
                        ? Optional.empty()
                        : recognise(sample, charset))
                .ifPresent(reason -> {
                    throw new RejectedObjectException(ErrorCode.OBJECT_NOT_CSV, reason);
                });
    }

    /** What seems to be a title, or a row, may be the beginning of something else. */
    private static Optional<String> recognise(Sample sample, CharsetGuess charset) {
        List<String> lines = CharsetGuess.text(sample, charset.charset())
                .lines()
                .filter(line -> !line.isBlank())
                .limit(2)
                .toList();
        return lines.size() < 2 ? Optional.empty() : ForeignText.recognise(lines.get(0), lines.get(1));
    }

    private void say(Layout layout, List<Layout> all) {
        long skipped = layout.skipped();
        if (skipped > 0) {
            set(
                    "skipLines",
                    Long.toString(skipped),
                    all.stream().allMatch(other -> other.skipped() == layout.skipped())
                            ? Confidence.LIKELY
                            : Confidence.GUESS,
                    "what stands above has not as many fields as the rows");
        }
        if (layout.header() == null || layout.isHeaderMade()) {
            requireSame(all);
            set("header", listed(given(layout)), layout.headerConfidence(), layout.headerReason());
        } else {
            findings.add(new Finding("header", "true", layout.headerConfidence(), layout.headerReason()));
        }
        if (layout.length() == RecordLength.ANY) {
            set(
                    "shortRows",
                    "any",
                    Confidence.LIKELY,
                    "some records have more fields at their end than others, and all of these are empty");
        } else if (layout.length() == RecordLength.SHORT || ShortRows.areMeant(layout)) {
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

    /** Where objects have no names of their own, nothing would tell a row that is skipped from a title. */
    private static void requireSame(List<Layout> all) {
        Set<Long> skipped = all.stream().map(Layout::skipped).collect(Collectors.toSet());
        if (skipped.size() > 1) {
            throw new RejectedObjectException(
                    ErrorCode.OBJECT_HEADER,
                    "the objects have not equally many lines above their rows, and no header that would show where rows"
                            + " begin; one feed cannot read them all, but 'include' can part them");
        }
    }

    /** Returns the names that the feed gives, as people write them. */
    private static List<String> given(Layout layout) {
        SampleRecord header = layout.header();
        if (header == null) {
            return names(layout);
        }
        List<String> names =
                new ArrayList<>(header.fields().stream().map(ColumnNames::clean).toList());
        List<String> named = names.subList(0, layout.named(names));
        MadeNames.mended(named).forEach((position, name) -> named.set(position - 1, name));
        return named;
    }

    /** Returns the names as the header has them, or as the feed gives them. */
    private static List<String> written(Layout layout) {
        SampleRecord header = layout.header();
        return header == null || layout.isHeaderMade() ? given(layout) : header.fields();
    }

    private static List<String> names(Layout layout) {
        SampleRecord header = layout.header();
        if (header == null) {
            return DmsChanges.areIn(layout) ? DmsChanges.names(layout) : MadeNames.numbered(layout.width());
        }
        List<String> names = new ArrayList<>();
        header.fields().forEach(name -> names.add(ColumnPolicy.fold(name)));
        if (layout.isHeaderMade()) {
            MadeNames.mended(names.subList(0, layout.named(names)))
                    .forEach((position, name) -> names.set(position - 1, name));
        }
        return names;
    }

    private static String listed(List<String> names) {
        // One name alone could be true or false.
        return names.size() == 1
                ? '"' + names.get(0).replace("\"", "\"\"") + '"'
                : names.stream().map(ColumnFindings::quoted).collect(Collectors.joining(","));
    }

    private List<ColumnValues> columns(Layout layout, List<Layout> all) {
        List<String> names = names(layout);
        names = names.subList(0, layout.named(names));
        if (layout.header() != null && !layout.isHeaderMade()) {
            Map<Integer, String> mended = MadeNames.mended(names);
            if (!mended.isEmpty()) {
                List<String> pairs = new ArrayList<>();
                for (Map.Entry<Integer, String> one : mended.entrySet()) {
                    names.set(one.getKey() - 1, one.getValue());
                    pairs.add(one.getKey() + "=" + ColumnFindings.quoted(one.getValue()));
                }
                set(
                        "columns",
                        String.join(", ", pairs),
                        Confidence.SURE,
                        "these fields have no name in the header, or one that stands there twice or that no column can have");
            }
        }
        List<String> snakes = layout.header() == null
                ? names
                : SnakeNames.of(names, written(layout).subList(0, names.size()));
        if (SnakeNames.help(names, snakes)) {
            names = snakes;
            set("names", "snake", Confidence.LIKELY, "SQL needs no quotes around such names");
        }
        List<ColumnValues> columns = names.stream().map(ColumnValues::new).toList();
        boolean isOpen = parameters.containsKey("shortRows");
        for (Layout one : all) {
            int[] fields = fields(layout, one, columns.size());
            for (SampleRecord row : one.rows()) {
                if (!row.isMalformed() && (row.size() == one.width() || isOpen)) {
                    for (int i = 0; i < columns.size(); i++) {
                        if (fields[i] >= 0) {
                            boolean isThere = fields[i] < row.size();
                            String text = isThere ? row.field(fields[i]) : "";
                            columns.get(i).add(text, isThere && row.quoted().get(fields[i]));
                        }
                    }
                }
            }
        }
        return columns;
    }

    /** Returns which fields of an object's rows are the columns, by the names in its own header; -1 for one that it lacks. */
    private static int[] fields(Layout layout, Layout one, int columns) {
        if (DmsChanges.areIn(layout)) {
            return DmsChanges.fields(layout, one, columns);
        }
        int[] fields = IntStream.range(0, columns).toArray();
        @Nullable SampleRecord header = layout.header();
        @Nullable SampleRecord own = one.header();
        if (header == null || own == null || layout.isHeaderMade() || one.isHeaderMade()) {
            return fields;
        }
        List<String> names = own.fields().stream().map(ColumnPolicy::fold).toList();
        for (int i = 0; i < fields.length; i++) {
            @Nullable String name = i < header.size() ? ColumnPolicy.fold(header.field(i)) : null;
            // A name may stand twice.
            boolean isSame = name != null && i < names.size() && names.get(i).equals(name);
            fields[i] = isSame ? i : names.indexOf(name);
        }
        return fields;
    }
}
