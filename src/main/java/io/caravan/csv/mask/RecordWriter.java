package io.caravan.csv.mask;

import io.caravan.csv.record.CsvRecord;
import io.caravan.csv.record.RawText;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.NullTexts;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Writes records as the objects of a feed have them, so that they can be read once more as the same. */
record RecordWriter(CsvFormat format) {

    NullTexts nulls() {
        return format.nulls();
    }

    /**
     * Returns a well-formed record as text.
     *
     * @param isShown says which fields are written; others are empty
     */
    String write(CsvRecord record, IntPredicate isShown) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < record.size(); i++) {
            if (i > 0) {
                text.append(format.delimiter());
            }
            if (isShown.test(i)) {
                append(text, record, i);
            }
        }
        return RawText.of(text.toString());
    }

    private void append(StringBuilder text, CsvRecord record, int index) {
        if (record.isNull(index, nulls())) {
            text.append(format.nullString());
            return;
        }
        String value = record.field(index);
        @Nullable Character quote = format.quote();
        if (quote == null || !needsQuotes(value, record.quoted(index), quote)) {
            appendEscaped(text, value, quote);
            return;
        }
        text.append(quote.charValue());
        appendEscaped(text, value, quote);
        text.append(quote.charValue());
    }

    private boolean needsQuotes(String value, boolean wasQuoted, char quote) {
        return wasQuoted
                || nulls().texts().contains(value)
                || value.isEmpty()
                || value.indexOf(format.delimiter()) >= 0
                || value.indexOf(quote) >= 0
                || value.indexOf('\n') >= 0
                || value.indexOf('\r') >= 0
                || !value.strip().equals(value);
    }

    private void appendEscaped(StringBuilder text, String value, @Nullable Character quote) {
        @Nullable Character escape = format.escape();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean isQuote = quote != null && c == quote;
            if (escape == null) {
                text.append(isQuote ? "" + c + c : "" + c);
            } else if (format.escapes().haveNames() && "\n\r\t".indexOf(c) >= 0) {
                text.append(escape.charValue()).append(c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
            } else if (c == escape
                    || isQuote
                    || (quote == null && (c == format.delimiter() || c == '\n' || c == '\r'))) {
                text.append(escape.charValue()).append(c);
            } else {
                text.append(c);
            }
        }
    }
}
