package io.caravan.csv;

import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.record.ValueShape;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.NamedCharacters;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The delimiter that an object seems to have in place of the feed's. The evidence: every name holds it, and every record
 * holds it as often as the header, outside quotes. Prose that holds a semicolon now and then is none.
 */
final class OtherDelimiter {

    private static final String CANDIDATES = "\t;|,\u0001^~:";

    /** In prose these stand between words, with a blank behind them. */
    private static final String IN_PROSE = ",;:";

    /** Of a hundred records so many must agree with the header: a note below a table is no evidence. */
    private static final int LEAST_PERCENT = 90;

    private final CsvFormat format;
    private final boolean isOneName;
    private final int[] inHeader;
    private final int[] agreeing = new int[CANDIDATES.length()];
    private final boolean[] isProse = new boolean[CANDIDATES.length()];
    private boolean areTimes = true;
    private int records;

    /**
     * Begins with the header.
     *
     * @param header the record that should name the columns, malformed or not
     */
    OtherDelimiter(CsvRecord header, CsvFormat format) {
        this.format = format;
        String raw = header.raw();
        String[] names = raw.split(Pattern.quote(String.valueOf(format.delimiter())), -1);
        this.isOneName = names.length == 1;
        this.inHeader = counts(raw);
        for (int i = 0; i < inHeader.length; i++) {
            char candidate = CANDIDATES.charAt(i);
            if (Arrays.stream(names).anyMatch(name -> name.indexOf(candidate) < 0)) {
                inHeader[i] = 0;
            }
            isProse[i] = IN_PROSE.indexOf(candidate) >= 0 && isBeforeBlanks(raw, candidate);
        }
    }

    /** Adds a record behind the header, malformed or not. */
    void add(CsvRecord record) {
        String raw = record.raw();
        int[] counts = counts(raw);
        records++;
        areTimes &= ValueShape.of(raw) == ValueShape.TIME;
        for (int i = 0; i < counts.length; i++) {
            agreeing[i] += counts[i] == inHeader[i] ? 1 : 0;
            isProse[i] &= isBeforeBlanks(raw, CANDIDATES.charAt(i));
        }
    }

    /** Returns what is wrong, and the parameter that helps; empty without evidence. */
    Optional<String> finding() {
        return records == 0
                ? Optional.empty()
                : best(i -> agreeing[i] * 100 >= records * LEAST_PERCENT
                                && !(CANDIDATES.charAt(i) == ':' && areTimes)
                                && !(isProse[i] && inHeader[i] == 1))
                        .map(i -> text(i, ", as often as the records below"));
    }

    /** Returns what may be wrong by the header alone, for an object that cannot load as it is; empty if nothing may. */
    static Optional<String> hint(CsvRecord header, CsvFormat format) {
        OtherDelimiter other = new OtherDelimiter(header, format);
        return other.best(i -> true).map(i -> other.text(i, ""));
    }

    private Optional<Integer> best(IntPredicate isPossible) {
        return IntStream.range(0, inHeader.length)
                .filter(i -> inHeader[i] > 0 && isPossible.test(i))
                .boxed()
                .max(Comparator.comparingInt(i -> inHeader[i]));
    }

    private String text(int index, String evidence) {
        char delimiter = CANDIDATES.charAt(index);
        String shown = delimiter == '\t' ? "a tab" : delimiter < ' ' ? "U+0001" : "'" + delimiter + "'";
        return (isOneName ? "the header is one name, which holds " : "each name of the header holds ") + shown
                + evidence + "; set delimiter: " + name(delimiter);
    }

    private static String name(char delimiter) {
        // A character that cannot be seen is written as YAML has it.
        return NamedCharacters.nameOf(delimiter).orElse(delimiter < ' ' ? "\"\\u0001\"" : "'" + delimiter + "'");
    }

    private int[] counts(String raw) {
        int[] counts = new int[CANDIDATES.length()];
        boolean inQuotes = false;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            inQuotes ^= format.quote() != null && c == format.quote();
            int candidate = inQuotes || c == format.delimiter() ? -1 : CANDIDATES.indexOf(c);
            if (candidate >= 0) {
                counts[candidate]++;
            }
        }
        return counts;
    }

    private static boolean isBeforeBlanks(String raw, char candidate) {
        for (int i = raw.indexOf(candidate); i >= 0; i = raw.indexOf(candidate, i + 1)) {
            if (i + 1 < raw.length() && raw.charAt(i + 1) != ' ') {
                return false;
            }
        }
        return true;
    }
}
