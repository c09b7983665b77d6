package io.caravan.app.monitor;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the manual says of each error code; the build puts its page {@code docs/failures.md} beside the classes. */
final class CodeManual {

    private static final Pattern ROW =
            Pattern.compile("^\\| `([A-Z0-9_]+)` \\| ([^|]*) \\| ([^|]*) \\| ([^|]*) \\|$", Pattern.MULTILINE);

    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\([^)]*\\)");

    /**
     * What it says of a code, as text.
     *
     * @param reaction what Caravan does
     * @param meaning what has happened
     * @param remedy what people do
     */
    record Entry(String reaction, String meaning, String remedy) {}

    private final Map<String, Entry> entries = new HashMap<>();

    /** Reads the manual's page. */
    CodeManual(String manual) {
        Matcher row = ROW.matcher(manual);
        while (row.find()) {
            entries.put(row.group(1), new Entry(plain(row.group(2)), plain(row.group(3)), plain(row.group(4))));
        }
    }

    private static String plain(String cell) {
        return LINK.matcher(cell).replaceAll("$1").replace("`", "").strip();
    }

    Optional<Entry> find(String code) {
        return Optional.ofNullable(entries.get(code));
    }
}
