package io.caravan.app.catalog;

import io.caravan.model.catalog.CatalogTable;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a table's SerDe says of how objects are written.
 *
 * @see <a href="https://docs.aws.amazon.com/athena/latest/ug/lazy-simple-serde.html">LazySimpleSerDe</a>
 * @see <a href="https://docs.aws.amazon.com/athena/latest/ug/csv-serde.html">OpenCSVSerde</a>
 */
final class SerDeParameters {

    /** No text holds it, so an escape that is this is none. */
    static final char NO_ESCAPE = 1;

    private static final char CONTROL_A = 1;
    private static final Pattern CODE = Pattern.compile("\\\\u?([0-9a-fA-F]{3,4})");

    private final CatalogTable table;
    private final Map<String, CatalogValue> values = new LinkedHashMap<>();

    SerDeParameters(CatalogTable table) {
        this.table = table;
    }

    /**
     * Returns the feed's parameters.
     *
     * @throws io.caravan.base.InvalidConfigurationException if it is another SerDe, or nothing that a feed can be told
     */
    Map<String, CatalogValue> values() {
        switch (table.serDe().simpleName()) {
            case "LazySimpleSerDe" -> addLazySimple();
            case "OpenCSVSerde", "CSVSerde" -> addOpenCsv();
            case "" -> throw TableParameters.unsuitable(table, "it says no SerDe");
            default ->
                throw TableParameters.unsuitable(
                        table,
                        "its SerDe is " + table.serDe().library()
                                + ", and a feed reads what LazySimpleSerDe or OpenCSVSerde does");
        }
        @Nullable String charset = parameter("serialization.encoding");
        if (charset != null) {
            if (!isKnown(charset)) {
                throw TableParameters.unsuitable(
                        table, "serialization.encoding is '" + charset + "', which is unknown");
            }
            put("charset", charset, "serialization.encoding");
        }
        return values;
    }

    private static boolean isKnown(String charset) {
        try {
            return Charset.isSupported(charset);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private @Nullable String parameter(String name) {
        return table.serDe().parameters().get(name);
    }

    private void addLazySimple() {
        @Nullable String written = parameter("field.delim");
        @Nullable String ofTable = table.parameters().get("delimiter");
        if (written != null) {
            put("delimiter", TableParameters.character(character("field.delim", written)), "field.delim");
        } else if (ofTable != null) {
            put("delimiter", TableParameters.character(character("delimiter", ofTable)), "delimiter");
        } else {
            put("delimiter", TableParameters.character(CONTROL_A), "LazySimpleSerDe without field.delim");
        }
        if (table.parameters().containsKey("classification")) {
            // What a Glue job reads; the SerDe itself takes quotes for a part of the value.
            put("quote", "\"", "as Glue jobs read csv");
        } else {
            put("quote", "none", "LazySimpleSerDe knows no quotes");
        }
        @Nullable String escape = parameter("escape.delim");
        put(
                "escape",
                escape == null ? "none" : TableParameters.character(character("escape.delim", escape)),
                escape == null ? "no escape.delim" : "escape.delim");
        @Nullable String nulls = parameter("serialization.null.format");
        if (nulls != null && !nulls.isEmpty()) {
            // An empty field of a number or a date is NULL too, as that SerDe reads it.
            put("nullString", "\"" + nulls.replace("\"", "\"\"") + "\", \"\"", "serialization.null.format");
        }
    }

    private void addOpenCsv() {
        char separator = character("separatorChar", given("separatorChar", ","));
        char quote = character("quoteChar", given("quoteChar", "\""));
        char escape = character("escapeChar", given("escapeChar", "\\"));
        put("delimiter", TableParameters.character(separator), source("separatorChar"));
        put("quote", TableParameters.character(quote), source("quoteChar"));
        boolean isNone = escape == NO_ESCAPE || escape == quote;
        put("escape", isNone ? "none" : TableParameters.character(escape), source("escapeChar"));
    }

    private String given(String name, String fallback) {
        @Nullable String value = parameter(name);
        return value == null || value.isEmpty() ? fallback : value;
    }

    private String source(String name) {
        return parameter(name) == null ? "OpenCSVSerde without " + name : name;
    }

    /** Reads one character, or the form in which people write those that they cannot type. */
    private char character(String name, String text) {
        if (text.length() == 1) {
            return text.charAt(0);
        }
        if (text.equals("\\t")) {
            return '\t';
        }
        if (text.equals("\\\\")) {
            return '\\';
        }
        Matcher code = CODE.matcher(text);
        if (code.matches()) {
            int radix = text.startsWith("\\u") ? 16 : 8;
            return (char) Integer.parseInt(code.group(1), radix);
        }
        throw TableParameters.unsuitable(table, name + " is '" + text + "', and a feed reads one character");
    }

    private void put(String parameter, String value, String source) {
        values.put(parameter, new CatalogValue(value, source));
    }
}
