package io.caravan.csv.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.caravan.model.catalog.CatalogColumn;
import io.caravan.model.catalog.CatalogTable;
import io.caravan.model.catalog.HiveType;
import io.caravan.model.catalog.SerDe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A reader of a published table: it finds lines as Hadoop does, takes them apart by the table's SerDe, and values as Hive does. It
 * knows no feed.
 *
 * @see <a href="https://github.com/apache/hadoop/blob/rel/release-3.3.6/hadoop-common-project/hadoop-common/src/main/java/org/apache/hadoop/util/LineReader.java">LineReader</a>
 */
public final class TableReader {

    private final CatalogTable table;
    private final LineSerDe serDe;
    private final boolean knowsTypes;
    private final Charset charset;
    private final int headerLines;

    public TableReader(CatalogTable table) {
        this.table = table;
        Map<String, String> parameters = table.serDe().parameters();
        this.knowsTypes = table.serDe().library().equals(SerDe.LAZY_SIMPLE);
        this.serDe = knowsTypes
                ? new LazySimpleLine(
                        character(parameters, "field.delim"),
                        parameters.containsKey("escape.delim") ? character(parameters, "escape.delim") : null,
                        parameters.getOrDefault("serialization.null.format", "\\N"))
                : new OpenCsvLine(
                        character(parameters, "separatorChar"),
                        character(parameters, "quoteChar"),
                        character(parameters, "escapeChar"));
        this.charset = Charset.forName(parameters.getOrDefault("serialization.encoding", UTF_8.name()));
        this.headerLines = Integer.parseInt(table.parameters().getOrDefault("skip.header.line.count", "0"));
    }

    private static char character(Map<String, String> parameters, String name) {
        return requireNonNull(parameters.get(name), name).charAt(0);
    }

    /**
     * Returns the rows of an object: a text, or null for NULL, for each column of the table.
     *
     * @param key its name says whether it is compressed
     */
    public List<List<@Nullable String>> rows(String key, byte[] content) throws IOException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        List<String> lines = lines(unpacked(key, content));
        for (String line : lines.subList(Math.min(headerLines, lines.size()), lines.size())) {
            List<@Nullable String> fields = serDe.fields(line);
            List<@Nullable String> row = new ArrayList<>();
            for (int i = 0; i < table.columns().size(); i++) {
                @Nullable String field = i < fields.size() ? fields.get(i) : null;
                row.add(
                        field == null || !knowsTypes
                                ? field
                                : value(table.columns().get(i), field));
            }
            rows.add(row);
        }
        return rows;
    }

    private static byte[] unpacked(String key, byte[] content) throws IOException {
        if (!key.toLowerCase(Locale.ROOT).endsWith(".gz")) {
            return content;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return in.readAllBytes();
        }
    }

    /** A line ends with LF, CR or both. */
    private List<String> lines(byte[] content) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n' || content[i] == '\r') {
                lines.add(new String(content, from, i - from, charset));
                if (content[i] == '\r' && i + 1 < content.length && content[i + 1] == '\n') {
                    i++;
                }
                from = i + 1;
            }
        }
        if (from < content.length) {
            lines.add(new String(content, from, content.length - from, charset));
        }
        return lines;
    }

    private static @Nullable String value(CatalogColumn column, String text) {
        HiveType type = HiveType.parse(column.type());
        try {
            return switch (type.name()) {
                case "smallint" -> whole(text, Short.SIZE);
                case "int" -> whole(text, Integer.SIZE);
                case "bigint" -> whole(text, Long.SIZE);
                case "decimal" -> decimal(text, type);
                case "float", "double" -> Double.toString(Double.parseDouble(text));
                case "boolean" -> text.equalsIgnoreCase("true") ? "t" : text.equalsIgnoreCase("false") ? "f" : null;
                case "date" -> LocalDate.parse(text).toString();
                case "timestamp" ->
                    LocalDateTime.parse(text.replace(' ', 'T')).toString().replace('T', ' ');
                default -> text;
            };
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static @Nullable String whole(String text, int bits) {
        BigInteger value = new BigInteger(text);
        return value.bitLength() < bits ? value.toString() : null;
    }

    private static @Nullable String decimal(String text, HiveType type) {
        BigDecimal value = new BigDecimal(text).setScale(type.scale(), RoundingMode.HALF_UP);
        return value.precision() <= type.length() ? value.toPlainString() : null;
    }
}
