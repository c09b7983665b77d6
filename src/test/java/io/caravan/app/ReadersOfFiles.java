package io.caravan.app;

import static java.util.Objects.requireNonNull;

import io.caravan.app.action.CrawlFeeds;
import io.caravan.app.catalog.CrawlResult;
import io.caravan.app.settings.Settings;
import io.caravan.csv.serde.TableReader;
import io.caravan.load.publish.PublishReport;
import io.caravan.model.catalog.CatalogColumn;
import io.caravan.model.catalog.CatalogTable;
import io.caravan.testing.TestSandbox;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Published tables as those read them who have the Data Catalog and the objects, and nothing else, held against the tables of the
 * warehouse.
 */
final class ReadersOfFiles {

    private static final List<String> GENERAL = List.of(
            "OpenCSVSerde gives text only",
            // These say nothing of how it reads the objects that are loaded.
            "readers see all that is in");

    /** Types of the warehouse that are written in several ways, of which it keeps one. */
    private static final List<String> RARE =
            List.of("time without", "time with", "timestamp with time", "super", "varbyte");

    private final TestSandbox sandbox;
    private final Map<String, PublishReport> reports = new HashMap<>();

    /** How many rows each feed has loaded. */
    private final Map<String, Long> loaded = new HashMap<>();

    /** The types of the columns of each table, by their names. */
    private final Map<String, Map<String, String>> types = new HashMap<>();

    /** Publishes the tables of all feeds. */
    ReadersOfFiles(TestSandbox sandbox, Settings settings) throws SQLException {
        this.sandbox = sandbox;
        // The view of all ledgers, and that of all columns, are slow to ask: once for all feeds.
        sandbox.query("SELECT feed, SUM(rows_read - rows_rejected) FROM caravan.objects WHERE outcome = 'loaded'"
                        + " GROUP BY feed")
                .forEach(row -> loaded.put(String.valueOf(row.get(0)), Long.valueOf(String.valueOf(row.get(1)))));
        sandbox.query("SELECT table_name, column_name, data_type FROM svv_columns WHERE table_schema = 'public'")
                .forEach(row -> types.computeIfAbsent(String.valueOf(row.get(0)), name -> new HashMap<>())
                        .put(String.valueOf(row.get(1)), String.valueOf(row.get(2))));
        for (CrawlResult result : new CrawlFeeds().crawl(settings, Set.of(), "readers", false)) {
            if (result.report() != null) {
                reports.put(result.feed(), result.report());
            }
        }
    }

    /** Returns whether a feed has loaded something, so that it has a table. */
    boolean hasTable(String feed) {
        return reports.containsKey(feed);
    }

    private PublishReport report(String feed) {
        return requireNonNull(reports.get(feed), feed);
    }

    /** Returns what the table's writer has said of what readers see otherwise. */
    List<String> warnings(String feed) {
        return report(feed).warnings().stream()
                .filter(warning -> GENERAL.stream().noneMatch(warning::startsWith))
                .toList();
    }

    /**
     * Returns what readers see otherwise than the warehouse; empty if nothing.
     *
     * @param own columns whose values the feed writes in a form of its own, in small letters
     */
    List<String> differences(FileCase one, Set<String> own) throws SQLException, IOException {
        CatalogTable table = report(one.name).table();
        List<CatalogColumn> columns = new ArrayList<>(table.columns());
        columns.addAll(table.partitionKeys());
        List<Integer> compared = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Map<String, String> there = types.getOrDefault(one.name, Map.of());
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            if (there.containsKey(name)
                    && !own.contains(name)
                    && RARE.stream().noneMatch(requireNonNull(there.get(name))::startsWith)) {
                compared.add(i);
                names.add("\"" + name + "\"");
            }
        }
        List<List<@Nullable String>> seen = new ArrayList<>(rows(table));
        List<String> differences = new ArrayList<>();
        long expected = loaded.getOrDefault(one.name, 0L);
        if (seen.size() != expected) {
            differences.add(seen.size() + " rows, and " + expected + " loaded");
        }
        if (names.isEmpty()) {
            return differences;
        }
        boolean once =
                "append".equals(one.parameters.getOrDefault("mode", "append")) && !one.parameters.containsKey("keys");
        for (List<@Nullable String> row :
                sandbox.query("SELECT " + String.join(", ", names) + " FROM public." + one.name)) {
            boolean isSeen = false;
            for (Iterator<List<@Nullable String>> rows = seen.iterator(); rows.hasNext() && !isSeen; ) {
                List<@Nullable String> read = rows.next();
                isSeen = true;
                for (int i = 0; i < compared.size() && isSeen; i++) {
                    isSeen = isSame(row.get(i), read.get(compared.get(i)));
                }
                if (isSeen && once) {
                    rows.remove();
                }
            }
            if (!isSeen) {
                differences.add("nobody sees " + row);
            }
        }
        return differences;
    }

    private List<List<@Nullable String>> rows(CatalogTable table) throws IOException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        TableReader reader = new TableReader(table);
        String prefix = table.location().substring(("s3://" + sandbox.bucket() + "/").length());
        for (S3Object object : sandbox.s3()
                .listObjectsV2Paginator(list -> list.bucket(sandbox.bucket()).prefix(prefix))
                .contents()) {
            String rest = object.key().substring(prefix.length());
            if (Stream.of(rest.split("/", -1))
                    .skip(table.partitionKeys().size())
                    .anyMatch(part -> part.startsWith("_") || part.startsWith("."))) {
                continue;
            }
            byte[] content = sandbox.s3()
                    .getObjectAsBytes(get -> get.bucket(sandbox.bucket()).key(object.key()))
                    .asByteArray();
            String[] folders = rest.split("/", -1);
            for (List<@Nullable String> row : reader.rows(object.key(), content)) {
                List<@Nullable String> all = new ArrayList<>(row);
                for (int i = 0; i < table.partitionKeys().size(); i++) {
                    String value = URLDecoder.decode(
                            folders[i].substring(folders[i].indexOf('=') + 1).replace("+", "%2B"),
                            StandardCharsets.UTF_8);
                    all.add(value.equals("__HIVE_DEFAULT_PARTITION__") ? null : value);
                }
                rows.add(all);
            }
        }
        return rows;
    }

    /** No SerDe tells an empty text from NULL for all types, which the table's writer says of each table. */
    private static boolean isSame(@Nullable String loaded, @Nullable String read) {
        String left = loaded == null ? "" : loaded;
        String right = read == null ? "" : read;
        return left.equals(right) || plain(left).equals(plain(right));
    }

    /** Returns a value as all write it who mean the same. */
    private static String plain(String text) {
        String stripped = text.strip();
        try {
            return new BigDecimal(stripped).stripTrailingZeros().toPlainString();
        } catch (NumberFormatException e) {
            // It is no number.
        }
        try {
            return LocalDateTime.parse(stripped.replace(' ', 'T')).toString();
        } catch (RuntimeException e) {
            String small = stripped.toLowerCase(Locale.ROOT);
            return switch (small) {
                case "t", "true" -> "true";
                case "f", "false" -> "false";
                default -> text;
            };
        }
    }

    /** Returns the names of columns that a parameter such as {@code formats} speaks of. */
    static Set<String> columns(@Nullable String parameter) {
        Set<String> names = new HashSet<>();
        if (parameter != null) {
            for (String part : parameter.split(parameter.contains(";") ? ";" : ",", -1)) {
                if (part.contains("=")) {
                    names.add(part.substring(0, part.indexOf('=')).strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return names;
    }
}
