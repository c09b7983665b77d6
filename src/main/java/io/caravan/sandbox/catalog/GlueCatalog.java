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
import tools.jackson.databind.node.ObjectNode;

/** What Glue does when it is asked, one call after another, with what it keeps in a directory. */
final class GlueCatalog {

    private final CatalogFile file;
    private final Map<String, Operation> operations;

    /**
     * Opens what is kept.
     *
     * @param encrypts whether passwords of connections are encrypted with a key that the caller may not use
     */
    GlueCatalog(Path directory, Clock clock, BooleanSupplier encrypts) {
        this.file = new CatalogFile(directory);
        Databases databases = new Databases(file, clock);
        Tables tables = new Tables(databases);
        Partitions partitions = new Partitions(tables, databases);
        ConnectionsAndJobs others = new ConnectionsAndJobs(file, databases, encrypts);
        this.operations = Map.ofEntries(
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
    }

    /**
     * Does what a call asks.
     *
     * @throws RefusedCallException if Glue would refuse it, or the stand-in does not know it
     */
    synchronized ObjectNode answer(String name, ObjectNode request) {
        Operation operation = operations.get(name);
        if (operation == null) {
            throw new RefusedCallException("UnknownOperationException", 400, name + " is not supported by the sandbox");
        }
        RequestShape.check(request, operation.shape());
        ObjectNode answer = operation.action().apply(request);
        if (operation.changes()) {
            file.save();
        }
        return answer;
    }
}
