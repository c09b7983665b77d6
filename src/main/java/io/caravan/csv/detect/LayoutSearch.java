package io.caravan.csv.detect;

import io.caravan.csv.guess.CellKind;
import io.caravan.csv.guess.Confidence;
import io.caravan.model.feed.RecordLength;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells the rows of a sample from what people and programs write above and below them. */
final class LayoutSearch {

    private static final int MOST_ABOVE = 100;
    private static final int MOST_BLOCK = 30;
    private static final int LEAST_NAMES = 4;
    private static final int MOST_AFTER_HEADER = 3;
    private static final int MOST_HEADER_LINES = 3;

    private static final double ONE_FIELD = 0.05;

    private final RecordLength length;
    private final List<SampleRecord> records;
    private final char delimiter;
    private final boolean isComplete;
    private final long lines;
    private final int width;
    private final int usuallyFilled;

    /**
     * Takes what was read.
     *
     * @param delimiter between fields
     * @param lines how many lines the sample has
     */
    LayoutSearch(SampleRecords sample, char delimiter, long lines) {
        Optional<List<SampleRecord>> cut = EmptyEnds.cut(sample.records());
        Optional<List<SampleRecord>> whole =
                cut.isPresent() ? Optional.empty() : ShortEnds.fill(sample.records(), width(sample.records()));
        this.length = cut.isPresent() ? RecordLength.ANY : whole.isPresent() ? RecordLength.SHORT : RecordLength.EQUAL;
        this.records = cut.or(() -> whole).orElse(sample.records());
        this.delimiter = delimiter;
        this.isComplete = sample.isComplete() && sample.lost() == 0;
        this.lines = lines;
        this.width = width(records);
        int[] filled = records.stream()
                .filter(this::isFull)
                .mapToInt(SampleRecord::filled)
                .sorted()
                .toArray();
        this.usuallyFilled = filled.length == 0 ? 0 : filled[filled.length / 2];
    }

    private static int width(List<SampleRecord> records) {
        Map<Integer, Integer> sizes = new HashMap<>();
        records.stream()
                .filter(record -> !record.isMalformed())
                .forEach(record -> sizes.merge(record.size(), 1, Integer::sum));
        int best = 1;
        double most = 0;
        for (Map.Entry<Integer, Integer> size : sizes.entrySet()) {
            int fields = size.getKey();
            double weight = size.getValue() * (fields == 1 ? ONE_FIELD : (fields - 1.0) / fields);
            if (weight > most || (weight == most && fields > best)) {
                best = fields;
                most = weight;
            }
        }
        return best;
    }

    Layout find() {
        int first = first();
        int end = isComplete ? new FooterLines(records, width, usuallyFilled).end(first) : records.size();
        Header header = joined(first, end).or(() -> unquoted(first, end)).orElseGet(() -> header(first, end));
        HeaderJudge.Verdict verdict = header.verdict();
        int firstRow = header.firstRow();
        int afterHeader = header.record() != null && !header.isMade() ? afterHeader(header.record(), firstRow, end) : 0;
        int rowsFrom = Math.min(firstRow + afterHeader, end);
        return new Layout(
                width,
                header.skipped() >= 0
                        ? header.skipped()
                        : skipped(
                                header.record() == null || header.isMade() ? firstRow : firstRow - 1,
                                header.record() == null),
                header.record(),
                header.isMade(),
                verdict.confidence(),
                verdict.reason(),
                afterHeader == 0 || rowsFrom >= records.size()
                        ? afterHeader
                        : records.get(rowsFrom).line() - records.get(firstRow).line(),
                end < records.size() ? lines - records.get(end).line() + 1 : 0,
                records.subList(rowsFrom, end),
                isComplete,
                length);
    }

    /**
     * What was found above the rows.
     *
     * @param record the names; null if there are none
     * @param isMade whether they are put together, and stand in no record so
     * @param firstRow number of the record behind it
     * @param skipped lines above the rows, if that is not the line of a record; else -1
     */
    private record Header(
            @Nullable SampleRecord record, boolean isMade, int firstRow, HeaderJudge.Verdict verdict, long skipped) {

        Header(@Nullable SampleRecord record, boolean isMade, int firstRow, HeaderJudge.Verdict verdict) {
            this(record, isMade, firstRow, verdict, -1);
        }
    }

    private Header header(int first, int end) {
        HeaderJudge judge = judge(first + 1, end);
        int headerAt = first;
        HeaderJudge.Verdict verdict = judge.judge(records.isEmpty() ? null : records.get(first));
        if (verdict.isHeader() && first + 1 < end && judge.isBetter(records.get(first + 1), records.get(first))) {
            // Of two lines of names the one is the header that has all of them.
            headerAt = first + 1;
            verdict = judge.judge(records.get(headerAt));
        } else if (!verdict.isHeader() && first > 0 && isOtherHeader(first - 1, first, end)) {
            return other(first, end);
        }
        return verdict.isHeader() && !records.isEmpty()
                ? new Header(records.get(headerAt), false, headerAt + 1, verdict)
                : new Header(null, false, first, verdict);
    }

    /** A header may have more names than the rows have fields, or one fewer: the name or number of the row has none. */
    private Header other(int first, int end) {
        SampleRecord above = records.get(first - 1);
        HeaderJudge.Verdict likely = new HeaderJudge.Verdict(
                true,
                Confidence.LIKELY,
                "the record above the rows holds words, though not as many as they have fields");
        if (above.size() < width && areEmptyBehind(above.size(), first, end)) {
            // Delimiters behind each row are no fields, but blanks are values.
            boolean isMade = !fullRows(first, end).stream().allMatch(row -> row.isEmptyFrom(above.size()));
            List<String> names = new ArrayList<>(above.fields());
            names.addAll(Collections.nCopies(isMade ? width - above.size() : 0, ""));
            return new Header(isMade ? above.with(names) : above, isMade, first, likely);
        }
        if (above.size() < width) {
            List<String> names = new ArrayList<>();
            names.add("column_1");
            names.addAll(above.fields());
            return RowNames.areFirst(above, fullRows(first, end))
                    ? new Header(above.with(names), true, first, likely)
                    : new Header(
                            null,
                            false,
                            first,
                            new HeaderJudge.Verdict(
                                    false,
                                    Confidence.GUESS,
                                    "the line above the rows has a name fewer than they have fields, and which is missing"
                                            + " cannot be seen"));
        }
        // A name that is empty, in the middle, is none if the rows have just as many fields as there are others.
        List<String> named =
                above.fields().stream().filter(name -> !name.isBlank()).toList();
        boolean isDoubled =
                named.size() == width && !above.field(above.size() - 1).isBlank();
        return isDoubled
                ? new Header(
                        above.with(named),
                        true,
                        first,
                        new HeaderJudge.Verdict(
                                true,
                                Confidence.GUESS,
                                "the header has empty names, and the rows have no fields for them"))
                : new Header(above, false, first, likely);
    }

    /** Names that stand in several lines. */
    private Optional<Header> joined(int first, int end) {
        for (int top = Math.max(0, first - 1); top <= first; top++) {
            for (int lines = MOST_HEADER_LINES; lines > 1; lines--) {
                int below = top + lines;
                if (below < end
                        && below > first
                        && records.subList(top, below).stream().allMatch(this::isFull)) {
                    Optional<List<String>> names =
                            HeaderLines.join(records.subList(top, below), ColumnKinds.of(fullRows(below, end), width));
                    if (names.isPresent()) {
                        HeaderJudge.Verdict verdict = new HeaderJudge.Verdict(
                                true,
                                Confidence.LIKELY,
                                lines + " lines above the rows hold words, that together name all columns");
                        return Optional.of(new Header(records.get(top).with(names.get()), true, below, verdict));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** A first line whose quotes do not fit, but that names all columns if they are no quotes. */
    private Optional<Header> unquoted(int first, int end) {
        int at = first > 0 && records.get(first - 1).isMalformed() ? first - 1 : -1;
        if (at < 0 || end <= first) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        // Its open quote may have taken lines that are rows.
        String line = records.get(at).field(0).lines().findFirst().orElse("");
        for (String name : line.split(Pattern.quote(String.valueOf(delimiter)), -1)) {
            names.add(name.replace("\"", "").strip());
        }
        SampleRecord record = records.get(at).with(names);
        HeaderJudge.Verdict verdict = names.size() == width
                ? judge(first, end).judge(record)
                : judge(first, end).judge(null);
        return verdict.isHeader() && names.stream().noneMatch(String::isEmpty)
                ? Optional.of(new Header(
                        record,
                        true,
                        first,
                        new HeaderJudge.Verdict(
                                true,
                                Confidence.GUESS,
                                "the first line names all columns, though its quotes do not fit"),
                        records.get(at).line()))
                : Optional.empty();
    }

    /** Blank lines are skipped anyway. */
    private long skipped(int first, boolean areRows) {
        // What cannot be read may be a row, and so may what stands above rows without a header: it is rejected, and
        // seen.
        int from = first;
        while (from > 0
                && (records.get(from - 1).isMalformed() || (areRows && mayBeRow(records.get(from - 1), from)))) {
            from--;
        }
        return from == 0 ? 0 : records.get(from).line() - 1;
    }

    /** Returns whether a record has about as many values as the rows, and stands right above the next one. */
    private boolean mayBeRow(SampleRecord record, int next) {
        return width > 1
                && record.size() > 1
                && record.filled() * 3 >= usuallyFilled * 2
                && record.line() + 1 == records.get(next).line();
    }

    private HeaderJudge judge(int from, int end) {
        // The first of them may say in what the columns are measured.
        int sure = end - from > 2 ? from + 1 : from;
        return new HeaderJudge(ColumnKinds.of(fullRows(sure, end), width), fullRows(from, end));
    }

    private boolean isOtherHeader(int at, int first, int end) {
        SampleRecord record = records.get(at);
        boolean isClose = record.line() + 1 == records.get(first).line();
        boolean isLong = record.size() > width && record.filled() * 2 > width;
        boolean isEnded = record.size() < width && areEmptyBehind(record.size(), first, end);
        boolean isShort = width > 2
                && (isEnded || (record.size() == width - 1 && record.filled() == record.size()))
                && record.filled() * 2 > record.size();
        return isClose
                && !record.isMalformed()
                && width > 1
                && (isLong || isShort)
                && record.fields().stream()
                        .map(String::strip)
                        .noneMatch(text -> !text.isEmpty() && CellKind.isTyped(text))
                && end > first;
    }

    private boolean areEmptyBehind(int fields, int first, int end) {
        return fullRows(first, end).stream()
                .allMatch(row -> row.fields().subList(fields, width).stream().allMatch(String::isBlank));
    }

    /** Returns where the header is, or the first row if there is none. */
    private int first() {
        int most = Math.min(records.size(), MOST_ABOVE);
        for (int i = 0; i < most; i++) {
            SampleRecord record = records.get(i);
            if (isFull(record) && !isSparse(record) && !isTitle(i)) {
                return below(i);
            }
        }
        return 0;
    }

    /** Returns the record further down that names more columns, if what is between is less than it, too: a block of its own. */
    private int below(int from) {
        int most = Math.min(records.size(), from + MOST_BLOCK);
        for (int i = from + 1; i < most; i++) {
            SampleRecord record = records.get(i);
            if (isFull(record)
                    && record.filled() >= LEAST_NAMES
                    && record.filled() * 2 > 3 * records.get(from).filled()
                    && isHeaderOf(record, i + 1)) {
                return i;
            }
            if (isFull(record) && record.filled() * 2 > usuallyFilled) {
                return from;
            }
        }
        return from;
    }

    private boolean isHeaderOf(SampleRecord record, int firstRow) {
        boolean areNames =
                record.fields().stream().map(String::strip).allMatch(text -> text.isEmpty() || !CellKind.isTyped(text));
        if (!areNames) {
            return false;
        }
        ColumnKinds kinds = ColumnKinds.of(fullRows(firstRow, records.size()), width);
        int typed = 0;
        for (int column = 0; column < width; column++) {
            typed += !record.field(column).isBlank() && kinds.isTyped(column) ? 1 : 0;
        }
        return typed >= 2;
    }

    private int afterHeader(SampleRecord header, int from, int end) {
        int after = 0;
        while (after < MOST_AFTER_HEADER && from + after < end - 1) {
            SampleRecord record = records.get(from + after);
            ColumnKinds kinds = ColumnKinds.of(fullRows(from + after + 1, end), width);
            // A header that stands there again is skipped wherever it does.
            boolean isAgain = record.fields().equals(header.fields());
            if (record.isMalformed() || isAgain || !kinds.areUnits(record)) {
                break;
            }
            after++;
        }
        return after;
    }

    private boolean isFull(SampleRecord record) {
        return !record.isMalformed() && record.size() == width;
    }

    /** Returns whether a record is one cell, and of the next ones one is a row of more. */
    private boolean isTitle(int at) {
        SampleRecord record = records.get(at);
        if (width < 3 || record.filled() != 1 || CellKind.isTyped(first(record))) {
            return false;
        }
        for (int i = at + 1; i < Math.min(records.size(), at + 3); i++) {
            if (isFull(records.get(i)) && records.get(i).filled() >= 3) {
                return true;
            }
        }
        return false;
    }

    private static String first(SampleRecord record) {
        return record.fields().stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Returns whether a record is filled so little, compared with most, that it may be a title. */
    private boolean isSparse(SampleRecord record) {
        int filled = record.filled();
        boolean isNameless = width == 2 && record.field(0).isBlank();
        return usuallyFilled >= 2 && !isNameless && (filled <= 1 || filled * 4 <= usuallyFilled);
    }

    private List<SampleRecord> fullRows(int from, int to) {
        List<SampleRecord> rows = new ArrayList<>();
        for (int i = from; i < to; i++) {
            if (isFull(records.get(i))) {
                rows.add(records.get(i));
            }
        }
        return rows;
    }
}
