package io.caravan.app.demo;

import java.util.Map;
import java.util.TreeMap;

/** Writes variables as lines that a shell takes, {@code export NAME='value'}. */
final class ExportLines {

    private ExportLines() {}

    /** Returns a line for each variable, by name; every line ends in a line feed. */
    static String render(Map<String, String> variables) {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(variables).forEach((name, value) -> {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new IllegalArgumentException("not a shell's variable name: " + name);
            }
            // Inside single quotes only the single quote means something; '\'' ends, adds one, and begins again.
            lines.append("export ")
                    .append(name)
                    .append("='")
                    .append(value.replace("'", "'\\''"))
                    .append("'\n");
        });
        return lines.toString();
    }
}
