package io.caravan.sandbox.catalog;

import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How long texts may be.
 *
 * @see <a href="https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-tables.html">Table API</a>
 */
final class InputLimits {

    private static final int NAME = 255;
    private static final int COMMENT = 255;
    private static final int DESCRIPTION = 2_048;
    private static final int COLUMN_TYPE = 131_072;
    private static final int PARAMETER = 512_000;
    private static final int LOCATION = 2_056;
    private static final int FORMAT = 128;
    private static final int OWNER = 255;

    private InputLimits() {}

    /** Returns a name as Glue keeps it, in lower case; one that is missing or too long is refused. */
    static String name(JsonNode node, String field) {
        String name = node.path(field).asString("");
        require(!name.isEmpty(), field + " is missing");
        atMost(name, NAME, field);
        return name.toLowerCase(Locale.ROOT);
    }

    static void table(JsonNode table) {
        text(table, "Description", DESCRIPTION);
        text(table, "Owner", OWNER);
        parameters(table.path("Parameters"));
        columns(table.path("PartitionKeys"));
        storage(table.path("StorageDescriptor"));
    }

    static void database(JsonNode database) {
        text(database, "Description", DESCRIPTION);
        text(database, "LocationUri", 1_024);
        parameters(database.path("Parameters"));
    }

    static void storage(JsonNode storage) {
        text(storage, "Location", LOCATION);
        text(storage, "InputFormat", FORMAT);
        text(storage, "OutputFormat", FORMAT);
        columns(storage.path("Columns"));
        parameters(storage.path("Parameters"));
        JsonNode serde = storage.path("SerdeInfo");
        text(serde, "SerializationLibrary", NAME);
        parameters(serde.path("Parameters"));
    }

    static void parameters(JsonNode parameters) {
        if (parameters instanceof ObjectNode map) {
            for (Map.Entry<String, JsonNode> entry : map.properties()) {
                require(!entry.getKey().isEmpty(), "a parameter has no name");
                atMost(entry.getKey(), NAME, "a parameter's name");
                atMost(entry.getValue().asString(""), PARAMETER, "the parameter " + entry.getKey());
            }
        }
    }

    private static void columns(JsonNode columns) {
        for (JsonNode column : columns) {
            name(column, "Name");
            text(column, "Type", COLUMN_TYPE);
            text(column, "Comment", COMMENT);
        }
    }

    private static void text(JsonNode node, String field, int most) {
        atMost(node.path(field).asString(""), most, field);
    }

    private static void atMost(String text, int most, String what) {
        require(text.length() <= most, what + " is longer than " + most);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw RefusedCallException.invalid(message);
        }
    }
}
