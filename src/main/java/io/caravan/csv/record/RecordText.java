package io.caravan.csv.record;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.model.feed.CsvFormat;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says whether the text of a record, as the dead letters keep it, can be read once more as the record that it was. */
public final class RecordText {

    /** Why it cannot. */
    public enum Flaw {
        /** It was too long to keep, and its end is missing. */
        CUT,
        /** It shows bytes that no text can hold as {@code \xHH}, which would be read as these four characters. */
        BYTES,
        /** It is not one record by the rules of the format. */
        MALFORMED
    }

    /** What {@link RawText} writes for a byte that is not of the charset, for NUL, and for half a surrogate pair. */
    private static final Pattern BYTES = Pattern.compile("\\\\(x[0-9A-F]{2}|uD[89A-F][0-9A-F]{2})");

    private RecordText() {}

    /** Returns why the text cannot be read among other records as the record that it was; nothing if it can. */
    public static Optional<Flaw> flaw(String text, CsvFormat format) {
        if (text.endsWith(RawText.CUT)) {
            return Optional.of(Flaw.CUT);
        }
        if (BYTES.matcher(text).find()) {
            return Optional.of(Flaw.BYTES);
        }
        return isOneRecord(text, format) ? Optional.empty() : Optional.of(Flaw.MALFORMED);
    }

    /** Returns whether the text is all of the record. */
    public static boolean isWhole(String text) {
        return !text.endsWith(RawText.CUT) && !BYTES.matcher(text).find();
    }

    /** A record that ends by itself where its text ends does not run into the one that follows it. */
    private static boolean isOneRecord(String text, CsvFormat format) {
        if (isPlain(text, format)) {
            return true;
        }
        CsvReader reader =
                new CsvReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), format.ofRecordsAlone());
        try {
            return reader.hasNext() && isWellCut(reader.next()) && !reader.hasNext();
        } catch (CaravanException e) {
            return false;
        }
    }

    /** What an escape means has no say in where a record ends. */
    private static boolean isWellCut(CsvRecord record) {
        return record.problem()
                .filter(problem -> problem.code() != ErrorCode.CSV_ESCAPE)
                .isEmpty();
    }

    /** Most records are; they need no reader. */
    private static boolean isPlain(String text, CsvFormat format) {
        return !text.isEmpty()
                && !holds(text, format.quote())
                && !holds(text, format.escape())
                && text.indexOf('\n') < 0
                && text.indexOf('\r') < 0;
    }

    private static boolean holds(String text, @Nullable Character c) {
        return c != null && text.indexOf(c) >= 0;
    }
}
