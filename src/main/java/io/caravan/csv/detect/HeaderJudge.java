package io.caravan.csv.detect;

import io.caravan.csv.guess.CellKind;
import io.caravan.csv.guess.Confidence;
import io.caravan.csv.guess.NullWords;
import io.caravan.csv.record.ValueShape;
import io.caravan.model.feed.ColumnPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a record holds names of columns, judged by the rows below it. */
final class HeaderJudge {

    private static final int NAME_CHARS = 100;
    private static final int MOST_ROWS = 2_000;
    private static final int LEAST_YEAR = 1_000;
    private static final int MOST_YEAR = 2_999;

    private static final Pattern CODE = Pattern.compile("[A-Z0-9#/_-]{2,8}|[a-z]{2}[_-][A-Z]{2}|[0-9a-fA-F]{16,128}");
    private static final int LEAST_CODES = 3;

    /** What was decided, how surely, and why. */
    record Verdict(boolean isHeader, Confidence confidence, String reason) {}

    private final ColumnKinds kinds;
    private final List<SampleRecord> rows;

    HeaderJudge(ColumnKinds kinds, List<SampleRecord> rows) {
        this.kinds = kinds;
        this.rows = rows.subList(0, Math.min(rows.size(), MOST_ROWS));
    }

    /** Looks at a record. Where it stands again below, files were joined: that is no value. */
    Verdict judge(@Nullable SampleRecord record) {
        if (record == null || record.isMalformed()) {
            return new Verdict(false, Confidence.GUESS, "there is no record that could be one");
        }
        int names = 0;
        int values = 0;
        int repeated = 0;
        int numbers = 0;
        for (int i = 0; i < record.size(); i++) {
            String text = record.field(i).strip();
            if (text.isEmpty()) {
                continue;
            }
            ValueShape shape = ValueShape.of(text);
            boolean isValue = CellKind.isTyped(text);
            if (text.length() > NAME_CHARS && text.endsWith("?")) {
                names++;
            } else if (shape.isHardlyAName() || text.length() > NAME_CHARS) {
                values += 2;
            } else if (isValue) {
                numbers += isYear(text) ? 1 : 0;
                values += isYear(text) && isRising(record, i) && !isBelow(text, i, record) ? 0 : 1;
            } else if (kinds.isTyped(i) || NameWords.areIn(text)) {
                names++;
            } else if (looksLikeCodes(text, i)) {
                values++;
            } else if (isBelow(text, i, record)) {
                repeated++;
            }
        }
        if (names > 0 && names >= values) {
            return new Verdict(
                    true,
                    names > 2 * (values + repeated) ? Confidence.SURE : Confidence.LIKELY,
                    "the first record holds words where the others hold numbers, dates or the like");
        }
        if (values > 0 && values > names) {
            return new Verdict(
                    false,
                    names == 0 ? Confidence.SURE : Confidence.LIKELY,
                    "the first record holds values like those of the others");
        }
        if (repeated > 0 && repeated * 2 >= record.filled()) {
            return new Verdict(false, Confidence.LIKELY, "the first record holds values that stand below, too");
        }
        if (hasTwins(record) && numbers == 0 && repeated > 0) {
            return new Verdict(false, Confidence.GUESS, "the first record holds a text twice");
        }
        if (record.size() == 1 && names == 0 && !looksLikeNames(record)) {
            return new Verdict(false, Confidence.GUESS, "the first record does not look like a name");
        }
        if (record.filled() == 0) {
            return new Verdict(false, Confidence.GUESS, "the first record holds no text");
        }
        return new Verdict(
                true,
                rows.isEmpty() || kinds.isAnyTyped() || looksLikeNames(record) ? Confidence.LIKELY : Confidence.GUESS,
                "the first record holds words that do not stand below");
    }

    /** Returns whether another record has more names, and none twice, where the first lacks some or repeats them. */
    boolean isBetter(SampleRecord other, SampleRecord first) {
        return !other.isMalformed()
                && other.size() == first.size()
                && (first.filled() < first.size() || hasTwins(first))
                && other.filled() > first.filled()
                && !hasTwins(other)
                && judge(other).isHeader()
                && kinds.isAnyTyped()
                && judge(other).confidence() != Confidence.GUESS
                && !kinds.areUnits(other);
    }

    private boolean isBelow(String text, int column, SampleRecord record) {
        return rows.stream()
                .anyMatch(row -> row.size() > column
                        && row.field(column).strip().equals(text)
                        && !row.fields().equals(record.fields()));
    }

    /** Returns whether a text is like nearly all below it, short and of as many capitals and digits. */
    private boolean looksLikeCodes(String text, int column) {
        if (!CODE.matcher(text).matches()) {
            return false;
        }
        int filled = 0;
        int alike = 0;
        for (SampleRecord row : rows) {
            String other = row.field(column).strip();
            if (!other.isEmpty() && !NullWords.isOne(other)) {
                filled++;
                alike += other.length() == text.length() && CODE.matcher(other).matches() ? 1 : 0;
            }
        }
        return filled >= LEAST_CODES && alike * 10 >= filled * 9;
    }

    private static boolean isYear(String text) {
        if (!text.matches("\\d{1,4}")) {
            return false;
        }
        int year = Integer.parseInt(text);
        return year >= LEAST_YEAR && year <= MOST_YEAR;
    }

    /** Returns whether numbers in neighbouring fields go up or down by the same step, as years in a header do. */
    private static boolean isRising(SampleRecord record, int at) {
        List<Integer> years = new ArrayList<>();
        for (String field : record.fields()) {
            if (isYear(field.strip())) {
                years.add(Integer.valueOf(field.strip()));
            }
        }
        if (years.size() == 1) {
            return at == record.size() - 1;
        }
        for (int i = 2; i < years.size(); i++) {
            if (years.get(i) - years.get(i - 1) != years.get(1) - years.get(0)) {
                return false;
            }
        }
        return !years.get(0).equals(years.get(1));
    }

    private static boolean hasTwins(SampleRecord record) {
        Set<String> seen = new HashSet<>();
        return record.fields().stream()
                .filter(field -> !field.isBlank())
                .anyMatch(field -> !seen.add(ColumnPolicy.fold(field)));
    }

    private static boolean looksLikeNames(SampleRecord record) {
        return record.fields().stream().allMatch(field -> field.strip().matches("[\\p{L}_][\\p{L}\\p{N}_ .-]{0,40}"));
    }
}
