package io.caravan.sandbox.catalog;

import static java.util.Map.entry;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequest;
import software.amazon.awssdk.services.glue.model.CreateConnectionRequest;
import software.amazon.awssdk.services.glue.model.CreateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.CreateJobRequest;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.DeleteTableRequest;
import software.amazon.awssdk.services.glue.model.GetConnectionRequest;
import software.amazon.awssdk.services.glue.model.GetDatabaseRequest;
import software.amazon.awssdk.services.glue.model.GetDatabasesRequest;
import software.amazon.awssdk.services.glue.model.GetJobRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetTableRequest;
import software.amazon.awssdk.services.glue.model.GetTableVersionsRequest;
import software.amazon.awssdk.services.glue.model.GetTablesRequest;
import software.amazon.awssdk.services.glue.model.UpdateTableRequest;

/** The operations of Glue. */
final class GlueCatalog {

    private GlueCatalog() {}

    /**
     * Opens what is kept in a directory.
     *
     * @param encrypts whether passwords of connections are encrypted with a key that the caller may not use
     */
    static Service open(Path directory, Clock clock, BooleanSupplier encrypts) {
        CatalogFile file = new CatalogFile(directory, "catalog.json");
        Databases databases = new Databases(file, clock);
        Tables tables = new Tables(databases);
        Partitions partitions = new Partitions(tables, databases);
        ConnectionsAndJobs others = new ConnectionsAndJobs(file, databases, encrypts);
        Map<String, Operation> operations = Map.ofEntries(
                entry("GetDatabase", Operation.reading(GetDatabaseRequest.builder(), databases::get)),
                entry("GetDatabases", Operation.reading(GetDatabasesRequest.builder(), databases::list)),
                entry("CreateDatabase", Operation.changing(CreateDatabaseRequest.builder(), databases::create)),
                entry("GetTable", Operation.reading(GetTableRequest.builder(), tables::get)),
                entry("GetTables", Operation.reading(GetTablesRequest.builder(), tables::list)),
                entry("GetTableVersions", Operation.reading(GetTableVersionsRequest.builder(), tables::versions)),
                entry("CreateTable", Operation.changing(CreateTableRequest.builder(), tables::create)),
                entry("UpdateTable", Operation.changing(UpdateTableRequest.builder(), tables::update)),
                entry("DeleteTable", Operation.changing(DeleteTableRequest.builder(), tables::delete)),
                entry("GetPartitions", Operation.reading(GetPartitionsRequest.builder(), partitions::list)),
                entry(
                        "BatchCreatePartition",
                        Operation.changing(BatchCreatePartitionRequest.builder(), partitions::create)),
                entry(
                        "BatchUpdatePartition",
                        Operation.changing(BatchUpdatePartitionRequest.builder(), partitions::update)),
                entry(
                        "BatchDeletePartition",
                        Operation.changing(BatchDeletePartitionRequest.builder(), partitions::delete)),
                entry("GetConnection", Operation.reading(GetConnectionRequest.builder(), others::getConnection)),
                entry(
                        "CreateConnection",
                        Operation.changing(CreateConnectionRequest.builder(), others::createConnection)),
                entry("GetJob", Operation.reading(GetJobRequest.builder(), others::getJob)),
                entry("CreateJob", Operation.changing(CreateJobRequest.builder(), others::createJob)));
        return new Service("glue", file, operations);
    }
}
