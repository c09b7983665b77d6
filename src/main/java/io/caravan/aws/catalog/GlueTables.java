package io.caravan.aws.catalog;

import io.caravan.model.catalog.CatalogColumn;
import io.caravan.model.catalog.CatalogName;
import io.caravan.model.catalog.CatalogPartition;
import io.caravan.model.catalog.CatalogTable;
import io.caravan.model.catalog.SerDe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/** Tables as Glue has them, and as Caravan does. What an answer leaves out is empty. */
final class GlueTables {

    private static final String OUTPUT_FORMAT = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";

    private GlueTables() {}

    static CatalogTable read(CatalogName name, Table table) {
        Optional<StorageDescriptor> storage = Optional.ofNullable(table.storageDescriptor());
        return new CatalogTable(
                name,
                table.versionId(),
                storage.map(StorageDescriptor::location).orElse(""),
                storage.map(StorageDescriptor::inputFormat).orElse(""),
                storage.map(StorageDescriptor::serdeInfo)
                        .map(serDe -> new SerDe(
                                Optional.ofNullable(serDe.serializationLibrary())
                                        .orElse(""),
                                texts(serDe.parameters())))
                        .orElse(new SerDe("", Map.of())),
                columns(storage.map(StorageDescriptor::columns).orElse(List.of())),
                columns(table.partitionKeys()),
                texts(table.parameters()),
                otherKind(table));
    }

    private static @Nullable String otherKind(Table table) {
        if (table.targetTable() != null) {
            return "a link to the table " + table.targetTable().databaseName() + "."
                    + table.targetTable().name() + "; name that table, in the account and the Region where it is";
        }
        if (table.federatedTable() != null) {
            return "a federated table, of another source than files";
        }
        if (table.viewDefinition() != null
                || (table.viewOriginalText() != null
                        && !table.viewOriginalText().isBlank())
                || "VIRTUAL_VIEW".equals(table.tableType())) {
            return "a view, which has no objects of its own";
        }
        return null;
    }

    private static List<CatalogColumn> columns(List<Column> columns) {
        return columns.stream()
                .map(column -> new CatalogColumn(
                        column.name(), Optional.ofNullable(column.type()).orElse(""), column.comment()))
                .toList();
    }

    private static Map<String, String> texts(Map<String, String> parameters) {
        Map<String, String> texts = new HashMap<>(parameters);
        texts.values().removeIf(Objects::isNull);
        return texts;
    }

    static CatalogPartition read(Partition partition) {
        return new CatalogPartition(
                partition.values(),
                Optional.ofNullable(partition.storageDescriptor())
                        .map(StorageDescriptor::location)
                        .orElse(""));
    }

    static TableInput create(CatalogTable table) {
        return TableInput.builder()
                .name(table.name().table())
                .tableType("EXTERNAL_TABLE")
                .retention(0)
                .parameters(table.parameters())
                // Athena fails on a table that says nothing of them.
                .partitionKeys(columnsOf(table.partitionKeys()))
                .storageDescriptor(storage(table, StorageDescriptor.builder().build(), table.location()))
                .build();
    }

    /** Keeps what others have set: an update replaces the whole definition. */
    static TableInput change(Table before, CatalogTable table) {
        StorageDescriptor storage =
                before.storageDescriptor() == null ? StorageDescriptor.builder().build() : before.storageDescriptor();
        return TableInput.builder()
                .name(before.name())
                .description(before.description())
                .owner(before.owner())
                .lastAccessTime(before.lastAccessTime())
                .lastAnalyzedTime(before.lastAnalyzedTime())
                .retention(before.retention())
                .viewOriginalText(before.viewOriginalText())
                .viewExpandedText(before.viewExpandedText())
                .tableType(before.tableType())
                .parameters(table.parameters())
                .partitionKeys(columnsOf(table.partitionKeys()))
                .storageDescriptor(storage(table, storage, table.location()))
                .build();
    }

    /** A partition repeats what the table says, with a location of its own. */
    static PartitionInput partition(CatalogTable table, CatalogPartition partition) {
        return PartitionInput.builder()
                .values(partition.values())
                .storageDescriptor(storage(table, StorageDescriptor.builder().build(), partition.location()))
                .build();
    }

    private static StorageDescriptor storage(CatalogTable table, StorageDescriptor before, String location) {
        return before.toBuilder()
                .columns(columnsOf(table.columns()))
                .location(location)
                .inputFormat(table.inputFormat())
                .outputFormat(OUTPUT_FORMAT)
                .compressed(!"none".equals(table.parameters().getOrDefault("compressionType", "none")))
                .numberOfBuckets(-1)
                .serdeInfo(SerDeInfo.builder()
                        .serializationLibrary(table.serDe().library())
                        .parameters(table.serDe().parameters())
                        .build())
                .parameters(table.parameters())
                .storedAsSubDirectories(false)
                .build();
    }

    private static List<Column> columnsOf(List<CatalogColumn> columns) {
        return columns.stream()
                .map(column -> Column.builder()
                        .name(column.name())
                        .type(column.type())
                        .comment(column.comment())
                        .build())
                .toList();
    }
}
