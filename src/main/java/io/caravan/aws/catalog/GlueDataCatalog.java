package io.caravan.aws.catalog;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.catalog.CatalogName;
import io.caravan.model.catalog.CatalogPartition;
import io.caravan.model.catalog.CatalogTable;
import io.caravan.spi.catalog.DataCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionFailureEntry;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.Table;

/** The Data Catalog of the account and the Region. */
final class GlueDataCatalog implements DataCatalog {

    /** @see <a href="https://docs.aws.amazon.com/glue/latest/webapi/API_BatchCreatePartition.html">BatchCreatePartition</a> */
    private static final int MOST_IN_A_BATCH = 100;

    private final GlueClient client;

    GlueDataCatalog(GlueClient client) {
        this.client = client;
    }

    @Override
    public Optional<CatalogTable> find(CatalogName name) {
        try {
            return Optional.of(GlueTables.read(name, table(name)));
        } catch (SdkException e) {
            if (GlueFailure.isMissing(e)) {
                return Optional.empty();
            }
            throw new GlueFailure(e, GlueCall.READ_TABLE, "table " + name).exception();
        }
    }

    private Table table(CatalogName name) {
        return client.getTable(get -> get.databaseName(name.database()).name(name.table()))
                .table();
    }

    @Override
    public List<CatalogPartition> partitions(CatalogName name, int most) {
        GetPartitionsRequest request = GetPartitionsRequest.builder()
                .databaseName(name.database())
                .tableName(name.table())
                .excludeColumnSchema(true)
                .build();
        return call(GlueCall.READ_PARTITIONS, name, () -> client.getPartitionsPaginator(request).stream()
                .flatMap(page -> page.partitions().stream())
                .limit(most)
                .map(GlueTables::read)
                .toList());
    }

    @Override
    public void requireDatabase(String name) {
        try {
            client.getDatabase(get -> get.name(name));
        } catch (SdkException e) {
            if (!GlueFailure.isMissing(e)) {
                throw new GlueFailure(e, GlueCall.CREATE_DATABASE, "database " + name).exception();
            }
            create(name);
        }
    }

    private void create(String database) {
        try {
            client.createDatabase(create -> create.databaseInput(input -> input.name(database)));
        } catch (SdkException e) {
            // Another was faster, or this one's first request had been heard.
            if (!GlueFailure.isThere(e)) {
                throw new GlueFailure(e, GlueCall.CREATE_DATABASE, "database " + database).exception();
            }
        }
    }

    @Override
    public void create(CatalogTable table) {
        call(
                GlueCall.CREATE_TABLE,
                table.name(),
                () -> client.createTable(
                        create -> create.databaseName(table.name().database()).tableInput(GlueTables.create(table))));
    }

    @Override
    public void update(CatalogTable table, boolean keepsOld) {
        CatalogName name = table.name();
        Table before = call(GlueCall.READ_TABLE, name, () -> table(name));
        if (!before.versionId().equals(table.version())) {
            throw new RetryableException(
                    ErrorCode.CATALOG_CONFLICT,
                    "cannot change the table " + name + ": it is at version " + before.versionId()
                            + ", and was looked at in version " + table.version());
        }
        call(
                GlueCall.UPDATE_TABLE,
                name,
                () -> client.updateTable(update -> update.databaseName(name.database())
                        .tableInput(GlueTables.change(before, table))
                        .versionId(before.versionId())
                        .skipArchive(!keepsOld)));
    }

    @Override
    public void add(CatalogTable table, List<CatalogPartition> partitions) {
        for (List<CatalogPartition> batch : batches(partitions)) {
            call(GlueCall.CHANGE_PARTITIONS, table.name(), () -> client.batchCreatePartition(
                                    create -> create.databaseName(table.name().database())
                                            .tableName(table.name().table())
                                            .partitionInputList(batch.stream()
                                                    .map(one -> GlueTables.partition(table, one))
                                                    .toList()))
                            .errors())
                    .stream()
                    .map(PartitionError::errorDetail)
                    .filter(error -> !error.errorCode().equals("AlreadyExistsException"))
                    .findFirst()
                    .ifPresent(error -> {
                        throw refused(table, error);
                    });
        }
    }

    @Override
    public void update(CatalogTable table, List<CatalogPartition> partitions) {
        for (List<CatalogPartition> batch : batches(partitions)) {
            call(GlueCall.CHANGE_PARTITIONS, table.name(), () -> client.batchUpdatePartition(
                                    update -> update.databaseName(table.name().database())
                                            .tableName(table.name().table())
                                            .entries(batch.stream()
                                                    .map(one -> BatchUpdatePartitionRequestEntry.builder()
                                                            .partitionValueList(one.values())
                                                            .partitionInput(GlueTables.partition(table, one))
                                                            .build())
                                                    .toList()))
                            .errors())
                    .stream()
                    .map(BatchUpdatePartitionFailureEntry::errorDetail)
                    .filter(error -> !error.errorCode().equals("EntityNotFoundException"))
                    .findFirst()
                    .ifPresent(error -> {
                        throw refused(table, error);
                    });
        }
    }

    private static RetryableException refused(CatalogTable table, ErrorDetail error) {
        return new RetryableException(
                ErrorCode.CATALOG_UNREACHABLE,
                "cannot change partitions of the table " + table.name() + ": " + error.errorCode() + ": "
                        + error.errorMessage());
    }

    private static List<List<CatalogPartition>> batches(List<CatalogPartition> all) {
        List<List<CatalogPartition>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST_IN_A_BATCH) {
            batches.add(all.subList(from, Math.min(all.size(), from + MOST_IN_A_BATCH)));
        }
        return batches;
    }

    private static <T> T call(GlueCall call, CatalogName name, Supplier<T> request) throws CaravanException {
        try {
            return request.get();
        } catch (SdkException e) {
            throw new GlueFailure(e, call, "table " + name).exception();
        }
    }
}
