package io.caravan.csv.serde;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hive's LazySimpleSerDe: no quotes; an escape takes the delimiter behind it as text, and makes line breaks of letters.
 *
 * @see <a href="https://github.com/apache/hive/blob/rel/release-3.1.3/serde/src/java/org/apache/hadoop/hive/serde2/lazy/LazyUtils.java">LazyUtils</a>
 */
final class LazySimpleLine implements LineSerDe {

    private final char delimiter;
    private final @Nullable Character escape;
    private final String nullText;

    /**
     * Takes its parameters.
     *
     * @param escape {@code escape.delim}; null for none
     * @param nullText {@code serialization.null.format}
     */
    LazySimpleLine(char delimiter, @Nullable Character escape, String nullText) {
        this.delimiter = delimiter;
        this.escape = escape;
        this.nullText = nullText;
    }

    @Override
    public List<@Nullable String> fields(String line) {
        List<@Nullable String> fields = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (escape != null && c == escape) {
                i++;
            } else if (c == delimiter) {
                fields.add(field(line.substring(from, i)));
                from = i + 1;
            }
        }
        fields.add(field(line.substring(from)));
        return fields;
    }

    /** NULL is looked for before escapes are taken away. */
    private @Nullable String field(String text) {
        if (text.equals(nullText)) {
            return null;
        }
        if (escape == null || text.indexOf(escape) < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c == escape && i < text.length()) {
                char meant = text.charAt(i++);
                plain.append(meant == 'r' ? '\r' : meant == 'n' ? '\n' : meant);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
