package io.caravan.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.TableInput;

/**
 * A table of the Data Catalog as a crawler with its built-in classifier writes it for CSV.
 *
 * @see <a href="https://docs.aws.amazon.com/glue/latest/dg/table-properties-crawler.html">Parameters set by crawlers</a>
 */
public final class CrawledTable {

    private final String database;
    private final String name;
    private final String location;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Map<String, String> serde = new LinkedHashMap<>();
    private final List<Column> columns = new ArrayList<>();
    private final List<Column> keys = new ArrayList<>();
    private String library = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";

    public CrawledTable(String database, String name, String location) {
        this.database = database;
        this.name = name;
        this.location = location;
        serde.put("field.delim", ",");
        parameters.putAll(Map.of(
                "classification",
                "csv",
                "typeOfData",
                "file",
                "compressionType",
                "none",
                "delimiter",
                ",",
                "columnsOrdered",
                "true",
                "areColumnsQuoted",
                "false",
                "skip.header.line.count",
                "1",
                "objectCount",
                "1",
                "UPDATED_BY_CRAWLER",
                "crawler"));
    }

    /** Adds columns, each as {@code name type}. */
    public CrawledTable columns(String... written) {
        Stream.of(written).map(CrawledTable::column).forEach(columns::add);
        return this;
    }

    /** Adds partition keys likewise. */
    public CrawledTable keys(String... written) {
        Stream.of(written).map(CrawledTable::column).forEach(keys::add);
        return this;
    }

    /** Sets a parameter of the table. */
    public CrawledTable with(String parameter, String value) {
        parameters.put(parameter, value);
        return this;
    }

    /** Leaves a parameter of the table out. */
    public CrawledTable without(String parameter) {
        parameters.remove(parameter);
        return this;
    }

    /** Has another SerDe, with its parameters, names and values one after the other. */
    public CrawledTable serDe(String className, String... values) {
        library = className;
        serde.clear();
        for (int i = 0; i < values.length; i += 2) {
            serde.put(values[i], values[i + 1]);
        }
        return this;
    }

    private static Column column(String written) {
        int blank = written.lastIndexOf(' ');
        return Column.builder()
                .name(written.substring(0, blank))
                .type(written.substring(blank + 1))
                .build();
    }

    /** Returns it as a crawler hands it over. */
    public TableInput input() {
        return TableInput.builder()
                .name(name)
                .tableType("EXTERNAL_TABLE")
                .owner("owner")
                .retention(0)
                .partitionKeys(keys)
                .parameters(parameters)
                .storageDescriptor(storage -> storage.columns(columns)
                        .location(location)
                        .inputFormat("org.apache.hadoop.mapred.TextInputFormat")
                        .outputFormat("org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat")
                        .compressed(false)
                        .numberOfBuckets(-1)
                        .bucketColumns(List.of())
                        .sortColumns(List.of())
                        .storedAsSubDirectories(false)
                        .serdeInfo(info -> info.serializationLibrary(library).parameters(serde))
                        .parameters(parameters))
                .build();
    }

    /** Makes it; the database is there. */
    public void create(GlueClient glue) {
        glue.createTable(create -> create.databaseName(database).tableInput(input()));
    }

    /** Becomes the table that is there. */
    public void update(GlueClient glue) {
        glue.updateTable(update -> update.databaseName(database).tableInput(input()));
    }
}
