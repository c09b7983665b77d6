package io.caravan.csv.detect;

import io.caravan.csv.guess.CellKind;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What stands below the rows. A feed that skips last lines skips them in each object, so only what says itself that it is no row
 * counts: the rest of a row whose end was lost is rejected, and seen.
 */
final class FooterLines {

    private static final int MOST = 50;
    private static final int LEAST_ROWS = 3;
    private static final int SENTENCE_CHARS = 20;

    private static final Pattern TOTAL = Pattern.compile(
            "(?iu)(grand |sub ?)?totals?:?|sum:?|summe:?|gesamt(summe)?:?|insgesamt:?|totaux:?|totaal:?|totale:?|suma:?|итого:?|toplam:?");

    /** What notes begin with, and values hardly do. */
    private static final Pattern NOTE = Pattern.compile(
            "(?isu)([*(\\[<#†‡\u00A9]|--|(sources?|notes?|quellen?|anmerkung(en)?|fuente|notas?|fonte|stand|last updated"
                    + "|data from|generated|exported|end of|eof|totals?)(?![\\p{L}\\p{N}])).*");

    private final List<SampleRecord> records;
    private final int width;
    private final int usuallyFilled;

    /**
     * Takes all records of a whole object.
     *
     * @param width fields of a row
     * @param usuallyFilled how many of them most rows fill
     */
    FooterLines(List<SampleRecord> records, int width, int usuallyFilled) {
        this.records = records;
        this.width = width;
        this.usuallyFilled = usuallyFilled;
    }

    /**
     * Returns the number of the record behind the last row.
     *
     * @param first the number of the header, or of the first row
     */
    int end(int first) {
        int end = records.size();
        int least = Math.max(first + 2, end - MOST);
        int found = end;
        for (int i = end - 1; i >= least && isBelow(records.get(i)); i--) {
            found = i;
        }
        if (found < end && isNoRow(found)) {
            return found;
        }
        return found == end && end - first > LEAST_ROWS && isTotal(records.get(end - 1), first) ? end - 1 : end;
    }

    /** Returns whether the records from here on say that they are none, by a gap above them or by what they hold. */
    private boolean isNoRow(int from) {
        SampleRecord record = records.get(from);
        return record.line() > records.get(from - 1).line() + height(records.get(from - 1))
                || records.subList(from, records.size()).stream().allMatch(FooterLines::isNote);
    }

    private static long height(SampleRecord record) {
        return 1
                + record.fields().stream()
                        .flatMapToInt(String::chars)
                        .filter(c -> c == '\n')
                        .count();
    }

    private static boolean isNote(SampleRecord record) {
        String text = record.fields().stream()
                .map(String::strip)
                .filter(field -> !field.isEmpty())
                .findFirst()
                .orElse("");
        return NOTE.matcher(text).matches()
                || (text.length() > SENTENCE_CHARS && text.indexOf(' ') > 0 && !CellKind.isTyped(text));
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
                && usuallyFilled >= LEAST_ROWS
                && !record.field(0).isBlank()
                && !CellKind.isTyped(record.field(0).strip())
                && record.field(0).length() > SENTENCE_CHARS;
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
        List<SampleRecord> rows = records.subList(first + 1, records.size() - 1).stream()
                .filter(row -> !row.isMalformed() && row.size() == width)
                .toList();
        return ColumnKinds.of(rows, width).isTyped(name);
    }
}
