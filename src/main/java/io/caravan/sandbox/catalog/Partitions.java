package io.caravan.sandbox.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations on partitions, each of which has columns and a SerDe of its own.
 *
 * @see <a href="https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-partitions.html">Partition API</a>
 */
final class Partitions {

    static final String PARTITIONS = "partitions";

    private static final int MOST_IN_A_BATCH = 100;
    private static final int MOST_IN_AN_UPDATE = 100;
    private static final int MOST_IN_A_DELETION = 25;

    private final Tables tables;
    private final Databases databases;

    Partitions(Tables tables, Databases databases) {
        this.tables = tables;
        this.databases = databases;
    }

    ObjectNode list(ObjectNode request) {
        for (String lacking : List.of("Expression", "Segment", "TransactionId", "QueryAsOfTime")) {
            if (request.has(lacking)) {
                throw RefusedCallException.invalid(lacking + " is not supported by the sandbox");
            }
        }
        boolean withoutColumns = request.path("ExcludeColumnSchema").asBoolean(false);
        List<JsonNode> shown = new ArrayList<>();
        of(request).forEach(partition -> {
            ObjectNode copy = partition.deepCopy().asObject();
            if (withoutColumns && copy.get("StorageDescriptor") instanceof ObjectNode storage) {
                storage.remove("Columns");
            }
            shown.add(copy);
        });
        return Pages.answer(request, "Partitions", shown);
    }

    ObjectNode create(ObjectNode request) {
        JsonNode inputs = batch(request, "PartitionInputList", MOST_IN_A_BATCH);
        inputs.forEach(input -> check(request, input.path("Values"), input));
        return each(request, inputs, "Values", "PartitionValues", (values, input) -> {
            if (of(request).has(values)) {
                throw RefusedCallException.exists("Partition already exists.");
            }
            of(request).set(values, shown(request, input));
        });
    }

    ObjectNode update(ObjectNode request) {
        JsonNode entries = batch(request, "Entries", MOST_IN_AN_UPDATE);
        entries.forEach(entry -> check(request, entry.path("PartitionValueList"), entry.path("PartitionInput")));
        return each(request, entries, "PartitionValueList", "PartitionValueList", (values, entry) -> {
            require(request, values);
            of(request).remove(values);
            JsonNode input = entry.path("PartitionInput");
            of(request).set(name(input.path("Values")), shown(request, input));
        });
    }

    ObjectNode delete(ObjectNode request) {
        JsonNode lists = batch(request, "PartitionsToDelete", MOST_IN_A_DELETION);
        return each(request, lists, "Values", "PartitionValues", (values, list) -> {
            require(request, values);
            of(request).remove(values);
        });
    }

    private void require(ObjectNode request, String values) {
        if (!of(request).has(values)) {
            throw RefusedCallException.notFound("Partition not found.");
        }
    }

    /** Does it for each of a batch; one that is refused becomes an entry of the answer. */
    private ObjectNode each(
            ObjectNode request,
            JsonNode batch,
            String valuesIn,
            String valuesOut,
            BiConsumer<String, JsonNode> action) {
        of(request);
        ObjectNode answer = CatalogFile.JSON.createObjectNode();
        ArrayNode errors = answer.putArray("Errors");
        for (JsonNode one : batch) {
            try {
                action.accept(name(one.path(valuesIn)), one);
            } catch (RefusedCallException e) {
                ObjectNode error = errors.addObject();
                error.set(valuesOut, one.path(valuesIn));
                error.putObject("ErrorDetail").put("ErrorCode", e.type()).put("ErrorMessage", e.getMessage());
            }
        }
        return answer;
    }

    private static JsonNode batch(ObjectNode request, String field, int most) {
        JsonNode batch = request.path(field);
        if (!batch.isArray() || batch.size() > most) {
            throw RefusedCallException.invalid(field + " holds up to " + most + " partitions");
        }
        return batch;
    }

    private void check(ObjectNode request, JsonNode values, JsonNode input) {
        int keys = tables.find(request, "TableName")
                .path("table")
                .path("PartitionKeys")
                .size();
        if (values.size() != keys || input.path("Values").size() != keys) {
            throw RefusedCallException.invalid(
                    "The number of partition keys do not match the number of partition values");
        }
        InputLimits.storage(input.path("StorageDescriptor"));
        InputLimits.parameters(input.path("Parameters"));
    }

    private ObjectNode shown(ObjectNode request, JsonNode input) {
        ObjectNode partition = input.deepCopy().asObject();
        return partition
                .put("DatabaseName", InputLimits.name(request, "DatabaseName"))
                .put("TableName", InputLimits.name(request, "TableName"))
                .put("CreationTime", databases.seconds())
                .put("CatalogId", Databases.ACCOUNT);
    }

    private ObjectNode of(ObjectNode request) {
        return (ObjectNode) tables.find(request, "TableName").get(PARTITIONS);
    }

    private static String name(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(value -> value.asString().replace("\\", "\\\\").replace("/", "\\/"))
                .collect(Collectors.joining("/"));
    }
}
