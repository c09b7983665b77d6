package io.caravan.bench.pollock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the benchmark says of a file, as a feed has it.
 *
 * @param parameters of the feed
 * @param names of the columns; empty if the file has none
 */
record GivenParameters(Map<String, String> parameters, List<String> names) {

    /**
     * Reads what is given.
     *
     * @param width how many fields the file's records have
     */
    static GivenParameters of(JsonNode given, int width) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("mode", "append");
        parameters.put("createTable", "text");
        String charset = text(given, "encoding");
        if (!charset.isEmpty() && !charset.equalsIgnoreCase("ascii")) {
            parameters.put("charset", charset.toUpperCase(Locale.ROOT).equals("CP949") ? "x-windows-949" : charset);
        }
        // One of several characters is the first of them, and the others are a part of the next field.
        String delimiter = text(given, "delimiter");
        if (!delimiter.isEmpty()) {
            parameters.put(
                    "delimiter",
                    switch (delimiter.charAt(0)) {
                        case '\t' -> "tab";
                        case ' ' -> "space";
                        default -> delimiter.substring(0, 1);
                    });
        }
        String quote = text(given, "quotechar");
        if (!quote.isEmpty()) {
            parameters.put("quote", quote);
        }
        String escape = text(given, "escapechar");
        if (!escape.isEmpty() && !escape.equals(quote)) {
            parameters.put("escape", escape);
        }
        int header = number(given, "header_lines");
        int above = number(given, "preamble_lines") + header;
        if (above > 0) {
            parameters.put("skipLines", Integer.toString(above));
        }
        int below = number(given, "footnote_lines");
        if (below > 0) {
            parameters.put("skipLastLines", Integer.toString(below));
        }
        List<String> names = new ArrayList<>();
        given.path("column_names").forEach(name -> names.add(name.isNull() ? "" : name.asText()));
        parameters.put("header", listed(names, Math.max(names.size(), width)));
        return new GivenParameters(parameters, names);
    }

    private static String text(JsonNode given, String name) {
        return given.path(name).asText("");
    }

    private static int number(JsonNode given, String name) {
        return given.path(name).asInt(0);
    }

    /** A table cannot have a column without a name, or two of one name. */
    private static String listed(List<String> names, int width) {
        Set<String> used = new HashSet<>();
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            String name = i < names.size() ? names.get(i).strip() : "";
            String column = name.isEmpty() || name.length() > 100 ? "column_" + (i + 1) : name;
            columns.add(used.add(column.toLowerCase(Locale.ROOT)) ? column : "column_" + (i + 1) + "_again");
        }
        return columns.stream()
                .map(name -> '"' + name.replaceAll("\\s+", " ").replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(","));
    }
}
