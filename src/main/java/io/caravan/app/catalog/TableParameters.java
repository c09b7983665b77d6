package io.caravan.app.catalog;

import static java.util.stream.Collectors.joining;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.catalog.CatalogColumn;
import io.caravan.model.catalog.CatalogPartition;
import io.caravan.model.catalog.CatalogTable;
import io.caravan.model.catalog.HiveType;
import io.caravan.model.feed.CatalogShape;
import io.caravan.model.feed.NamedCharacters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes parameters of a feed of what a table of the Data Catalog says. */
final class TableParameters {

    private static final String TEXT_INPUT = "org.apache.hadoop.mapred.TextInputFormat";
    private static final String HEADER_LINES = "skip.header.line.count";
    private static final Pattern LOCATION = Pattern.compile("s3[an]?://([^/]+)/?(.*)", Pattern.DOTALL);
    private static final String LOCATION_TEMPLATE = "storage.location.template";
    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]+)}");

    private final CatalogTable table;
    private final Map<String, CatalogValue> values = new LinkedHashMap<>();

    private TableParameters(CatalogTable table) {
        this.table = table;
    }

    /**
     * Returns what a table says.
     *
     * @param partitions some of its partitions
     * @throws InvalidConfigurationException if no feed can serve it, with the reason
     */
    static CatalogFeed of(CatalogTable table, List<CatalogPartition> partitions) {
        TableParameters parameters = new TableParameters(table);
        parameters.requireTextFiles();
        parameters.addPlace();
        new SerDeParameters(table).values().forEach(parameters::add);
        parameters.addHeader();
        parameters.addKeyColumns(partitions);
        parameters.addExclusions();
        parameters.addColumns();
        return new CatalogFeed(table, parameters.values);
    }

    private void requireTextFiles() {
        if (table.otherKind() != null) {
            throw unsuitable(table, "it is " + table.otherKind());
        }
        String classification = table.parameters().getOrDefault("classification", "csv");
        if (!classification.equals("csv")) {
            throw unsuitable(table, "its classification is '" + classification + "', and a feed reads csv");
        }
        if (!table.inputFormat().isEmpty() && !table.inputFormat().equals(TEXT_INPUT)) {
            throw unsuitable(table, "its input format is " + table.inputFormat() + ", and a feed reads " + TEXT_INPUT);
        }
        if (table.columns().isEmpty()) {
            throw unsuitable(table, "it says no columns");
        }
    }

    private void addPlace() {
        Matcher place = LOCATION.matcher(table.location());
        if (!place.matches()) {
            throw unsuitable(table, "its location is '" + table.location() + "', and a feed reads s3://bucket/prefix/");
        }
        String prefix = place.group(2);
        String name = prefix.substring(prefix.lastIndexOf('/') + 1);
        // A location without a slash is a folder all the same, but a crawler's may be one object.
        boolean isFolder = prefix.isEmpty() || name.isEmpty() || name.indexOf('.') >= 0;
        add("bucket", place.group(1), "Location");
        add("prefix", isFolder ? prefix : prefix + "/", "Location");
    }

    private void addHeader() {
        String text = table.parameters().getOrDefault(HEADER_LINES, "0").strip();
        if (!text.matches("\\d{1,4}")) {
            throw unsuitable(table, HEADER_LINES + " is '" + text + "', which is no number of lines");
        }
        int lines = Integer.parseInt(text);
        String source = lines == 0 ? "no " + HEADER_LINES : HEADER_LINES + " " + lines;
        if (lines == 1) {
            add("header", "true", source);
            return;
        }
        if (lines > 1) {
            add("skipLines", text, source);
        }
        add("header", names(table.columns()), source + ", so the columns' names");
    }

    private static String names(List<CatalogColumn> columns) {
        return columns.stream()
                .map(column -> '"' + column.name().replace("\"", "\"\"") + '"')
                .collect(joining(","));
    }

    private void addKeyColumns(List<CatalogPartition> partitions) {
        if (table.partitionKeys().isEmpty()) {
            return;
        }
        String template = table.parameters().get(LOCATION_TEMPLATE);
        if (template != null) {
            Matcher place = LOCATION.matcher(PLACE.matcher(template).replaceAll("{$1}"));
            if (place.matches()) {
                String pattern = place.group(2);
                add("keyColumns", pattern + (pattern.endsWith("/") ? "**" : "/**"), LOCATION_TEMPLATE);
                return;
            }
        }
        List<String> keys =
                table.partitionKeys().stream().map(CatalogColumn::name).toList();
        boolean isNamed = partitions.isEmpty()
                ? keys.stream().noneMatch(key -> key.matches("partition_\\d+"))
                : partitions.stream().allMatch(partition -> isAt(partition, named(keys, partition.values())));
        if (isNamed) {
            add("keyColumns", names(table.partitionKeys()), "PartitionKeys");
        } else if (partitions.stream().allMatch(partition -> isAt(partition, partition.values()))) {
            add(
                    "keyColumns",
                    keys.stream().map(key -> "{" + key + "}").collect(joining("/", "", "/**")),
                    "PartitionKeys, and the locations of partitions");
        } else {
            throw unsuitable(
                    table,
                    "its partitions are not in folders of its location, in the order of its partition keys; name a table"
                            + " for each of them");
        }
    }

    private static List<String> named(List<String> keys, List<String> values) {
        List<String> folders = new ArrayList<>();
        for (int i = 0; i < Math.min(keys.size(), values.size()); i++) {
            folders.add(keys.get(i) + "=" + values.get(i));
        }
        return folders;
    }

    private boolean isAt(CatalogPartition partition, List<String> folders) {
        String base = table.location().endsWith("/") ? table.location() : table.location() + "/";
        String location = partition.location().replaceAll("/+$", "");
        return location.equalsIgnoreCase(base + String.join("/", folders))
                || location.replace("%3A", ":").equalsIgnoreCase(base + String.join("/", folders));
    }

    /** As a crawler writes what it was told to leave out: {@code ["s3://bucket/**.zip"]}. */
    private void addExclusions() {
        String written = table.parameters().getOrDefault("exclusions", "");
        List<String> globs = Stream.of(written.replaceAll("^\\[|]$", "").split("\",\\s*\""))
                .map(glob -> glob.replace("\"", "").strip())
                .filter(glob -> LOCATION.matcher(glob).matches())
                .map(glob -> LOCATION.matcher(glob).replaceFirst("$2"))
                .toList();
        if (!globs.isEmpty()) {
            add("exclude", String.join(", ", globs), "exclusions");
        }
    }

    private void addColumns() {
        List<CatalogColumn> all = Stream.concat(table.columns().stream(), table.partitionKeys().stream())
                .toList();
        for (CatalogColumn column : all) {
            HiveType type = HiveType.parse(column.type());
            if (!type.isString() && type.column().isEmpty()) {
                throw unsuitable(
                        table,
                        "its column '" + column.name() + "' is of the type " + column.type()
                                + ", which no field of a CSV object holds");
            }
        }
        add(CatalogFeed.COLUMNS, CatalogShape.text(all), "Columns");
    }

    private void add(String parameter, String value, String source) {
        add(parameter, new CatalogValue(value, source));
    }

    private void add(String parameter, CatalogValue value) {
        if (value.value().contains("{{")) {
            throw unsuitable(
                    table, value.source() + " holds '{{', which stands for a placeholder where feeds are written");
        }
        values.put(parameter, value);
    }

    /** Says why no feed can serve a table. */
    static InvalidConfigurationException unsuitable(CatalogTable table, String reason) {
        return new InvalidConfigurationException(
                ErrorCode.CATALOG_TABLE_UNSUITABLE,
                "the catalog table " + table.name() + " cannot be a feed's: " + reason);
    }

    /** Returns a character as a feed writes it. */
    static String character(char c) {
        return NamedCharacters.nameOf(c).orElse(Character.toString(c));
    }
}
