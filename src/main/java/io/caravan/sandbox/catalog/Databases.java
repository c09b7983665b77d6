package io.caravan.sandbox.catalog;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The operations on databases. */
final class Databases {

    static final String ACCOUNT = "000000000000";

    private static final String TABLES = "tables";

    private final CatalogFile file;
    private final Clock clock;

    Databases(CatalogFile file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    private ObjectNode all() {
        return file.things("databases");
    }

    ObjectNode create(ObjectNode request) {
        JsonNode input = request.path("DatabaseInput");
        String name = InputLimits.name(input, "Name");
        InputLimits.database(input);
        if (all().has(name)) {
            throw RefusedCallException.exists("Database already exists.");
        }
        ObjectNode database = all().putObject(name);
        ObjectNode shown = database.putObject("database");
        shown.setAll((ObjectNode) input.deepCopy());
        shown.put("Name", name).put("CreateTime", seconds()).put("CatalogId", ACCOUNT);
        database.putObject(TABLES);
        return CatalogFile.JSON.createObjectNode();
    }

    ObjectNode get(ObjectNode request) {
        ObjectNode answer = CatalogFile.JSON.createObjectNode();
        answer.set("Database", find(request, "Name").get("database"));
        return answer;
    }

    ObjectNode list(ObjectNode request) {
        List<JsonNode> databases = new ArrayList<>();
        all().properties().forEach(entry -> databases.add(entry.getValue().get("database")));
        return Pages.answer(request, "DatabaseList", databases);
    }

    /** Returns the tables of the database that a request names in {@code DatabaseName}. */
    ObjectNode tables(ObjectNode request) {
        return (ObjectNode) find(request, "DatabaseName").get(TABLES);
    }

    private JsonNode find(ObjectNode request, String field) {
        String name = InputLimits.name(request, field);
        JsonNode database = all().get(name);
        if (database == null) {
            throw RefusedCallException.notFound("Database " + name + " not found.");
        }
        return database;
    }

    /** Returns the time as Glue writes it, seconds since 1970 with a fraction. */
    double seconds() {
        return clock.millis() / 1000.0;
    }
}
