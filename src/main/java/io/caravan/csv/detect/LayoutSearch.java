package io.caravan.csv.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells the rows of a sample from what people and programs write above and below them. */
final class LayoutSearch {

    private static final int MOST_ABOVE = 100;
    private static final int MOST_BELOW = 50;
    private static final int MOST_AFTER_HEADER = 3;

    private static final double ONE_FIELD = 0.05;

    private static final Pattern TOTAL = Pattern.compile(
            "(?iu)(grand |sub ?)?totals?:?|sum:?|summe:?|gesamt(summe)?:?|insgesamt:?|totaux:?|totaal:?|totale:?|suma:?|итого:?|toplam:?");

    private final List<SampleRecord> records;
    private final boolean isComplete;
    private final long lines;
    private final int width;
    private final int usuallyFilled;

    /**
     * Takes what was read.
     *
     * @param lines how many lines the sample has
     */
    LayoutSearch(SampleRecords sample, long lines) {
        this.records = sample.records();
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
        int end = end(first);
        HeaderJudge judge = judge(first + 1, end);
        int headerAt = first;
        HeaderJudge.Verdict verdict = judge.judge(records.isEmpty() ? null : records.get(first));
        if (verdict.isHeader() && first + 1 < end && judge.isBetter(records.get(first + 1), records.get(first))) {
            // Of two lines of names the one is the header that has all of them.
            headerAt = first + 1;
            verdict = judge.judge(records.get(headerAt));
        } else if (!verdict.isHeader() && first > 0 && isOtherHeader(first - 1, first, end)) {
            headerAt = first - 1;
            verdict = new HeaderJudge.Verdict(
                    true,
                    Confidence.LIKELY,
                    "the record above the rows holds words, though not as many as they have fields");
        }
        int firstRow = verdict.isHeader() ? headerAt + 1 : first;
        int afterHeader = verdict.isHeader() ? afterHeader(firstRow, end) : 0;
        int rowsFrom = Math.min(firstRow + afterHeader, end);
        @Nullable SampleRecord header = verdict.isHeader() && !records.isEmpty() ? records.get(headerAt) : null;
        return new Layout(
                width,
                skipped(header == null ? firstRow : headerAt),
                header,
                verdict.confidence(),
                verdict.reason(),
                afterHeader == 0 || rowsFrom >= records.size()
                        ? afterHeader
                        : records.get(rowsFrom).line() - records.get(firstRow).line(),
                end < records.size() ? lines - records.get(end).line() + 1 : 0,
                records.subList(rowsFrom, end),
                isComplete);
    }

    /** Blank lines are skipped anyway. */
    private long skipped(int first) {
        return first == 0 ? 0 : records.get(first).line() - 1;
    }

    private HeaderJudge judge(int from, int end) {
        // The first of them may say in what the columns are measured.
        int sure = end - from > 2 ? from + 1 : from;
        return new HeaderJudge(ColumnKinds.of(fullRows(sure, end), width), fullRows(from, end));
    }

    /** A header may have more names than the rows have fields, or one fewer: the number of the row has none. */
    private boolean isOtherHeader(int at, int first, int end) {
        SampleRecord record = records.get(at);
        boolean isClose = record.line() + 1 == records.get(first).line();
        boolean isLong = record.size() > width && record.filled() * 2 > width;
        boolean isShort = record.size() == width - 1 && record.filled() == record.size();
        return isClose
                && !record.isMalformed()
                && width > 1
                && (isLong || isShort)
                && record.fields().stream()
                        .map(String::strip)
                        .noneMatch(text -> !text.isEmpty() && CellKind.isTyped(text))
                && end > first;
    }

    /** Returns where the header is, or the first row if there is none. */
    private int first() {
        int most = Math.min(records.size(), MOST_ABOVE);
        for (int i = 0; i < most; i++) {
            SampleRecord record = records.get(i);
            if (isFull(record) && !isSparse(record) && !isTitle(i)) {
                return i;
            }
        }
        return 0;
    }

    /** Returns the number of the record behind the last row. */
    private int end(int first) {
        int end = records.size();
        if (!isComplete) {
            return end;
        }
        int least = Math.max(first + 2, end - MOST_BELOW);
        boolean hasGap = false;
        int found = end;
        for (int i = end - 1; i >= least; i--) {
            SampleRecord record = records.get(i);
            if (!isBelow(record)) {
                break;
            }
            found = i;
            hasGap = true;
        }
        if (found == end && end - first > 3 && isTotal(records.get(end - 1), first)) {
            found = end - 1;
        }
        return hasGap || found < end ? found : end;
    }

    private boolean isBelow(SampleRecord record) {
        if (record.isMalformed() || width == 1) {
            return false;
        }
        if (record.size() != width) {
            return record.filled() <= Math.max(1, usuallyFilled / 4) && record.size() < width;
        }
        // A table program fills a note with empty fields.
        return record.filled() == 1
                && usuallyFilled >= 3
                && !record.field(0).isBlank()
                && !CellKind.isTyped(record.field(0).strip())
                && record.field(0).length() > 20;
    }

    private boolean isTotal(SampleRecord record, int first) {
        if (record.isMalformed() || record.size() != width || width < 2) {
            return false;
        }
        int name = 0;
        while (name < width && record.field(name).isBlank()) {
            name++;
        }
        if (name >= width || !TOTAL.matcher(record.field(name).strip()).matches()) {
            return false;
        }
        ColumnKinds kinds = ColumnKinds.of(fullRows(first + 1, records.size() - 1), width);
        return kinds.isTyped(name);
    }

    private int afterHeader(int from, int end) {
        int after = 0;
        while (after < MOST_AFTER_HEADER && from + after < end - 1) {
            SampleRecord record = records.get(from + after);
            ColumnKinds kinds = ColumnKinds.of(fullRows(from + after + 1, end), width);
            if (record.isMalformed() || !kinds.areUnits(record)) {
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
        return usuallyFilled >= 2 && (filled <= 1 || filled * 4 <= usuallyFilled);
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
