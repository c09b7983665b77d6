package io.caravan.app.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.catalog.CatalogColumn;
import io.caravan.model.catalog.CatalogName;
import io.caravan.model.catalog.CatalogPartition;
import io.caravan.model.catalog.CatalogTable;
import io.caravan.model.catalog.SerDe;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TableParametersTest {

    private static final CatalogName NAME = new CatalogName("Shop", "Orders");
    private static final String INPUT = "org.apache.hadoop.mapred.TextInputFormat";
    private static final SerDe COMMA = new SerDe(SerDe.LAZY_SIMPLE, Map.of("field.delim", ","));

    private static CatalogTable table(String location, SerDe serDe, Map<String, String> parameters, String... keys) {
        return new CatalogTable(
                NAME,
                "3",
                location,
                INPUT,
                serDe,
                List.of(new CatalogColumn("id", "bigint"), new CatalogColumn("a \"b\", c", "string")),
                List.of(keys).stream()
                        .map(key -> new CatalogColumn(key, "string"))
                        .toList(),
                parameters,
                null);
    }

    private static Map<String, String> values(CatalogTable table, CatalogPartition... partitions) {
        Map<String, String> values = new TreeMap<>();
        TableParameters.of(table, List.of(partitions))
                .values()
                .forEach((name, value) -> values.put(name, value.value()));
        values.remove(CatalogFeed.COLUMNS);
        return values;
    }

    @Test
    void theLocationIsAFolderUnlessItsNameIsThatOfAnObject() {
        Map<String, String> csv = Map.of("classification", "csv", "skip.header.line.count", "1");
        assertThat(values(table("s3://my-second-source/", COMMA, csv)))
                .containsEntry("bucket", "my-second-source")
                .containsEntry("prefix", "");
        assertThat(values(table("s3a://b/in/orders", COMMA, csv))).containsEntry("prefix", "in/orders/");
        assertThat(values(table("s3://b/in/orders.csv", COMMA, csv))).containsEntry("prefix", "in/orders.csv");
        assertThatThrownBy(() -> values(table("hdfs://b/in", COMMA, csv)))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("shop.orders cannot be a feed's: its location is 'hdfs://b/in'");
    }

    @Test
    void linesThatAreSkippedAreTheHeaderOrStandBeforeTheRows() {
        assertThat(values(table("s3://b/p/", COMMA, Map.of("skip.header.line.count", "1"))))
                .containsEntry("header", "true")
                .doesNotContainKey("skipLines");
        assertThat(values(table("s3://b/p/", COMMA, Map.of()))).containsEntry("header", "\"id\",\"a \"\"b\"\", c\"");
        assertThat(values(table("s3://b/p/", COMMA, Map.of("skip.header.line.count", "2"))))
                .containsEntry("skipLines", "2")
                .containsEntry("header", "\"id\",\"a \"\"b\"\", c\"");
    }

    @Test
    void aSerDeSaysHowFieldsAreWritten() {
        assertThat(values(table(
                        "s3://b/p/",
                        new SerDe(
                                SerDe.LAZY_SIMPLE,
                                Map.of(
                                        "field.delim",
                                        "\t",
                                        "escape.delim",
                                        "\\",
                                        "serialization.null.format",
                                        "\\N",
                                        "serialization.encoding",
                                        "windows-1252")),
                        Map.of())))
                .containsEntry("delimiter", "tab")
                .containsEntry("quote", "none")
                .containsEntry("escape", "backslash")
                .containsEntry("nullString", "\"\\N\", \"\"")
                .containsEntry("charset", "windows-1252");
        assertThat(values(table("s3://b/p/", new SerDe(SerDe.LAZY_SIMPLE, Map.of()), Map.of())))
                .containsEntry("delimiter", "\u0001");
        assertThat(values(table("s3://b/p/", new SerDe(SerDe.LAZY_SIMPLE, Map.of("field.delim", "\\u0001")), Map.of())))
                .containsEntry("delimiter", "\u0001");
        assertThat(values(table("s3://b/p/", new SerDe(SerDe.LAZY_SIMPLE, Map.of()), Map.of("delimiter", "|"))))
                .containsEntry("delimiter", "pipe");
        assertThat(values(table("s3://b/p/", COMMA, Map.of("classification", "csv"))))
                .containsEntry("quote", "\"");
        assertThat(values(table("s3://b/p/", new SerDe(SerDe.OPEN_CSV, Map.of()), Map.of())))
                .containsEntry("delimiter", "comma")
                .containsEntry("quote", "\"")
                .containsEntry("escape", "backslash");
        assertThat(values(table(
                        "s3://b/p/",
                        new SerDe(SerDe.OPEN_CSV, Map.of("escapeChar", "\u0001", "quoteChar", "'")),
                        Map.of())))
                .containsEntry("quote", "'")
                .containsEntry("escape", "none");
        assertThatThrownBy(() ->
                        values(table("s3://b/p/", new SerDe(SerDe.LAZY_SIMPLE, Map.of("field.delim", "||")), Map.of())))
                .hasMessageContaining("field.delim is '||', and a feed reads one character");
        assertThatThrownBy(() ->
                        values(table("s3://b/p/", new SerDe("org.openx.data.jsonserde.JsonSerDe", Map.of()), Map.of())))
                .hasMessageContaining("its SerDe is org.openx.data.jsonserde.JsonSerDe");
    }

    @Test
    void partitionKeysAreInTheFoldersAsTheirLocationsSay() {
        String place = "s3://b/p/";
        assertThat(values(table(place, COMMA, Map.of(), "year", "month")))
                .containsEntry("keyColumns", "\"year\",\"month\"");
        assertThat(values(
                        table(place, COMMA, Map.of(), "year", "month"),
                        new CatalogPartition(List.of("2026", "01"), "s3://b/p/2026/01/")))
                .containsEntry("keyColumns", "{year}/{month}/**");
        assertThat(values(
                        table(place, COMMA, Map.of(), "year"),
                        new CatalogPartition(List.of("2026"), "s3://b/p/year=2026")))
                .containsEntry("keyColumns", "\"year\"");
        assertThat(values(table(
                        place,
                        COMMA,
                        Map.of("storage.location.template", "s3://b/p/${year}-${month}/"),
                        "year",
                        "month")))
                .containsEntry("keyColumns", "p/{year}-{month}/**");
        assertThatThrownBy(() -> values(
                        table(place, COMMA, Map.of(), "year"),
                        new CatalogPartition(List.of("2026"), "s3://other/2026/")))
                .hasMessageContaining("its partitions are not in folders of its location");
    }

    @Test
    void whatACrawlerLeavesOutIsLeftOutAndWhatLooksLikeAPlaceholderIsRefused() {
        assertThat(values(
                        table("s3://b/p/", COMMA, Map.of("exclusions", "[\"s3://b/**/*.{zip}\",\"s3://b/p/old/**\"]"))))
                .containsEntry("exclude", "**/*.{zip}, p/old/**");
        assertThatThrownBy(() -> values(table("s3://b/{{env:HOME}}/", COMMA, Map.of())))
                .hasMessageContaining("stands for a placeholder");
        assertThatThrownBy(() -> values(table("s3://b/p/", COMMA, Map.of("classification", "json"))))
                .hasMessageContaining("its classification is 'json'");
    }
}
