package io.caravan.sandbox.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations on tables.
 *
 * @see <a href="https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-tables.html">Table API</a>
 */
final class Tables {

    private static final String TABLE = "table";
    private static final String ARCHIVE = "archive";
    private static final String VERSION = "VersionId";

    /** What the stand-in does not do. */
    private static final Set<String> LACKING = Set.of(
            "PartitionIndexes",
            "OpenTableFormatInput",
            "UpdateOpenTableFormatInput",
            "TransactionId",
            "ViewUpdateAction");

    private final Databases databases;

    Tables(Databases databases) {
        this.databases = databases;
    }

    ObjectNode create(ObjectNode request) {
        ObjectNode input = input(request);
        String name = InputLimits.name(input, "Name");
        ObjectNode tables = databases.tables(request);
        if (tables.has(name)) {
            throw RefusedCallException.exists("Table already exists.");
        }
        ObjectNode kept = tables.putObject(name);
        kept.set(TABLE, shown(request, input, "0", databases.seconds()));
        kept.putArray(ARCHIVE);
        kept.putObject(Partitions.PARTITIONS);
        return nothing();
    }

    ObjectNode get(ObjectNode request) {
        refuseLacking(request);
        ObjectNode answer = nothing();
        answer.set("Table", find(request, "Name").get(TABLE));
        return answer;
    }

    ObjectNode list(ObjectNode request) {
        refuseLacking(request);
        if (request.has("MaxResults") && request.get("MaxResults").asInt() > 100) {
            throw RefusedCallException.invalid("MaxResults is more than 100");
        }
        Pattern wanted;
        try {
            wanted = Pattern.compile(request.path("Expression").asString(".*"));
        } catch (PatternSyntaxException e) {
            throw RefusedCallException.invalid("Expression is no regular expression");
        }
        List<JsonNode> tables = new ArrayList<>();
        databases.tables(request).properties().stream()
                .filter(entry -> wanted.matcher(entry.getKey()).matches())
                .forEach(entry -> tables.add(entry.getValue().get(TABLE)));
        return Pages.answer(request, "TableList", tables);
    }

    /** Replaces all of the definition. */
    ObjectNode update(ObjectNode request) {
        ObjectNode input = input(request);
        ObjectNode kept = find(input, request, "Name");
        JsonNode before = kept.get(TABLE);
        String version = before.get(VERSION).asString();
        if (request.has(VERSION) && !request.get(VERSION).asString().equals(version)) {
            throw RefusedCallException.conflict();
        }
        if (!request.path("SkipArchive").asBoolean(false)) {
            ((ArrayNode) kept.get(ARCHIVE)).add(before);
        }
        String next = Integer.toString(Integer.parseInt(version) + 1);
        kept.set(TABLE, shown(request, input, next, before.get("CreateTime").asDouble()));
        return nothing();
    }

    ObjectNode delete(ObjectNode request) {
        refuseLacking(request);
        String name = InputLimits.name(request, "Name");
        find(request, "Name");
        databases.tables(request).remove(name);
        return nothing();
    }

    /** The newest first. */
    ObjectNode versions(ObjectNode request) {
        ObjectNode kept = find(request, "TableName");
        List<JsonNode> tables = new ArrayList<>();
        kept.get(ARCHIVE).forEach(tables::add);
        tables.add(kept.get(TABLE));
        Collections.reverse(tables);
        List<ObjectNode> versions = tables.stream()
                .map(table -> {
                    ObjectNode version = nothing();
                    version.set("Table", table);
                    return version.put(VERSION, table.get(VERSION).asString());
                })
                .toList();
        return Pages.answer(request, "TableVersions", versions);
    }

    /** Returns what is kept of the table that a request names. */
    ObjectNode find(ObjectNode request, String field) {
        return find(request, request, field);
    }

    private ObjectNode find(ObjectNode named, ObjectNode request, String field) {
        String name = InputLimits.name(named, field);
        JsonNode table = databases.tables(request).get(name);
        if (table == null) {
            throw RefusedCallException.notFound("Table " + name + " not found.");
        }
        return (ObjectNode) table;
    }

    private static ObjectNode input(ObjectNode request) {
        refuseLacking(request);
        if (!(request.get("TableInput") instanceof ObjectNode input)) {
            throw RefusedCallException.invalid("TableInput is missing");
        }
        InputLimits.table(input);
        return input;
    }

    private static void refuseLacking(ObjectNode request) {
        request.propertyNames().stream().filter(LACKING::contains).findFirst().ifPresent(name -> {
            throw RefusedCallException.invalid(name + " is not supported by the sandbox");
        });
    }

    private ObjectNode shown(ObjectNode request, ObjectNode input, String version, double created) {
        ObjectNode table = input.deepCopy();
        table.put("Name", input.get("Name").asString().toLowerCase(Locale.ROOT))
                .put("DatabaseName", request.get("DatabaseName").asString().toLowerCase(Locale.ROOT))
                .put("CreateTime", created)
                .put("UpdateTime", databases.seconds())
                .put("CreatedBy", "arn:aws:iam::" + Databases.ACCOUNT + ":user/caravan-sandbox")
                .put("IsRegisteredWithLakeFormation", false)
                .put("CatalogId", Databases.ACCOUNT)
                .put(VERSION, version);
        return table;
    }

    private static ObjectNode nothing() {
        return CatalogFile.JSON.createObjectNode();
    }
}
