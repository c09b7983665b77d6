package io.caravan.csv;

import io.caravan.csv.record.CsvRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header as it may stand in an object again: joining objects leaves one at the beginning of each. A record is one if its
 * fields have the same texts in the same order, quoted or not, whatever the case of their letters.
 */
public final class RepeatedHeader {

    /** For objects without a header. */
    public static final RepeatedHeader NONE = new RepeatedHeader(new String[0]);

    private final String[] texts;

    private RepeatedHeader(String[] texts) {
        this.texts = texts;
    }

    /** Takes a well-formed header. */
    public static RepeatedHeader of(CsvRecord header) {
        String[] texts = new String[header.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = header.field(i);
        }
        return new RepeatedHeader(texts);
    }

    /** Returns whether it has so few fields that a row could have the same texts: one. */
    boolean mayBeRow() {
        return texts.length == 1;
    }

    /** Returns the texts of its fields; none if there is no header. */
    List<String> texts() {
        return List.of(texts);
    }

    /** Returns the text of its first field; null if there is no header. */
    @Nullable
    String firstText() {
        return texts.length == 0 ? null : texts[0];
    }

    /** Returns whether a well-formed record is the header again. */
    public boolean is(CsvRecord record) {
        if (texts.length == 0 || record.size() != texts.length) {
            return false;
        }
        for (int i = 0; i < texts.length; i++) {
            if (!record.holdsIgnoringCase(i, texts[i])) {
                return false;
            }
        }
        return true;
    }
}
