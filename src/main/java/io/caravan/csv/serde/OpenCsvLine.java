package io.caravan.csv.serde;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hive's OpenCSVSerde, which is opencsv 2.3 for each line: an escape takes a quote or an escape behind it as text in fields, and is gone
 * before anything else; of a quote that is never closed the fields from there on are lost.
 *
 * @see <a href="https://github.com/apache/hive/blob/rel/release-3.1.3/serde/src/java/org/apache/hadoop/hive/serde2/OpenCSVSerde.java">OpenCSVSerde</a>
 */
final class OpenCsvLine implements LineSerDe {

    private final char separator;
    private final char quote;
    private final char escape;

    OpenCsvLine(char separator, char quote, char escape) {
        this.separator = separator;
        this.quote = quote;
        this.escape = escape;
    }

    @Override
    public List<@Nullable String> fields(String line) {
        List<@Nullable String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean inQuotes = false;
        boolean inField = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean mayEscape = (inQuotes || inField) && i + 1 < line.length();
            char next = i + 1 < line.length() ? line.charAt(i + 1) : 0;
            if (c == escape) {
                if (mayEscape && (next == quote || next == escape)) {
                    field.append(next);
                    i++;
                }
            } else if (c == quote) {
                if (mayEscape && next == quote) {
                    field.append(next);
                    i++;
                } else {
                    addStrayQuote(line, i, field);
                    inQuotes = !inQuotes;
                }
                inField = !inField;
            } else if (c == separator && !inQuotes) {
                fields.add(field.toString());
                field.setLength(0);
                inField = false;
            } else {
                field.append(c);
                inField = true;
            }
        }
        if (!inQuotes) {
            fields.add(field.toString());
        }
        return fields;
    }

    /** A quote amid a field is text, and begins or ends quotes all the same. */
    private void addStrayQuote(String line, int at, StringBuilder field) {
        boolean isAmid = at > 2
                && line.charAt(at - 1) != separator
                && at + 1 < line.length()
                && line.charAt(at + 1) != separator;
        if (!isAmid) {
            return;
        }
        if (field.length() > 0 && field.toString().isBlank()) {
            field.setLength(0);
        } else {
            field.append(quote);
        }
    }
}
