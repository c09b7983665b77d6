package io.caravan.bench.pollock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the benchmark says of a file, as a feed has it.
 *
 * @param parameters of the feed
 * @param names of the columns; empty if the file has none, or the benchmark has only numbered them
 */
record GivenParameters(Map<String, String> parameters, List<String> names) {

    /** The benchmark's names for columns that have none. */
    static final Pattern NUMBERED = Pattern.compile("col_\\d+");

    /**
     * Reads what is given.
     *
     * @param width how many fields the file's records have
     * @param header the fields of the header as it stands in the file, which has the names if more are given than records have
     *     fields; empty for one of several lines, or none
     */
    static GivenParameters of(JsonNode given, int width, List<String> header) {
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
        int above = number(given, "preamble_lines") + number(given, "header_lines");
        if (above > 0) {
            parameters.put("skipLines", Integer.toString(above));
        }
        int below = number(given, "footnote_lines");
        if (below > 0) {
            parameters.put("skipLastLines", Integer.toString(below));
        }
        List<String> names = new ArrayList<>();
        given.path("column_names").forEach(name -> names.add(name.isNull() ? "" : name.asText()));
        while (names.size() > width && names.get(names.size() - 1).isBlank()) {
            names.remove(names.size() - 1);
        }
        List<String> own = names.size() > width && header.size() > 1 ? header : names;
        if (own.size() > width) {
            parameters.put("shortRows", "null");
        }
        parameters.put("header", listed(own, Math.max(own.size(), width)));
        boolean isNumbered = number(given, "header_lines") == 0
                && own.stream().allMatch(name -> NUMBERED.matcher(name).matches());
        return new GivenParameters(parameters, isNumbered ? List.of() : own);
    }

    /** Returns how many lines of the file are its header. */
    static int headerLines(JsonNode given) {
        return number(given, "header_lines");
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
