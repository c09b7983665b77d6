package io.caravan.sandbox.catalog;

import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations on connections and jobs, whose names keep their case.
 *
 * @see <a href="https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-connections.html">Connection API</a>
 * @see <a href="https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html">Job API</a>
 */
final class ConnectionsAndJobs {

    private static final String PROPERTIES = "ConnectionProperties";
    private static final String PASSWORD = "PASSWORD";
    private static final int MOST_PROPERTIES = 100;

    private final CatalogFile file;
    private final Databases databases;
    private final BooleanSupplier encrypts;

    /**
     * Keeps them in a file.
     *
     * @param encrypts whether passwords of connections are encrypted with a key that the caller may not use
     */
    ConnectionsAndJobs(CatalogFile file, Databases databases, BooleanSupplier encrypts) {
        this.file = file;
        this.databases = databases;
        this.encrypts = encrypts;
    }

    ObjectNode createConnection(ObjectNode request) {
        ObjectNode input = required(request, "ConnectionInput");
        InputLimits.name(input, "Name");
        required(input, PROPERTIES);
        InputLimits.parameters(input.path(PROPERTIES));
        if (input.path(PROPERTIES).size() > MOST_PROPERTIES) {
            throw RefusedCallException.invalid(PROPERTIES + " holds up to " + MOST_PROPERTIES + " pairs");
        }
        requireText(input, "ConnectionType");
        ObjectNode shown = input.deepCopy();
        shown.remove("ValidateCredentials");
        shown.put("CreationTime", databases.seconds()).put("LastUpdatedTime", databases.seconds());
        add("connections", input.get("Name").asString(), shown, "Connection already exists.");
        return CatalogFile.JSON.createObjectNode().put("CreateConnectionStatus", "READY");
    }

    ObjectNode getConnection(ObjectNode request) {
        ObjectNode connection = find("connections", request, "Name", "Cannot find connection ");
        boolean hides = request.path("HidePassword").asBoolean(false);
        if (!hides && encrypts.getAsBoolean()) {
            throw new RefusedCallException(
                    "GlueEncryptionException", 400, "The caller may not use the key that encrypts passwords.");
        }
        ObjectNode shown = connection.deepCopy();
        if (hides && shown.get(PROPERTIES) instanceof ObjectNode properties && properties.has(PASSWORD)) {
            properties.remove(PASSWORD);
            if (encrypts.getAsBoolean()) {
                properties.put("ENCRYPTED_PASSWORD", "AQICAHh0ZXN0");
            }
        }
        ObjectNode answer = CatalogFile.JSON.createObjectNode();
        answer.set("Connection", shown);
        return answer;
    }

    ObjectNode createJob(ObjectNode request) {
        InputLimits.name(request, "Name");
        requireText(request, "Role");
        required(request, "Command");
        ObjectNode shown = request.deepCopy();
        shown.remove("Tags");
        shown.put("CreatedOn", databases.seconds()).put("LastModifiedOn", databases.seconds());
        String name = request.get("Name").asString();
        add("jobs", name, shown, "Job with name: " + name + " already submitted with different configuration");
        return CatalogFile.JSON.createObjectNode().put("Name", name);
    }

    ObjectNode getJob(ObjectNode request) {
        ObjectNode answer = CatalogFile.JSON.createObjectNode();
        answer.set("Job", find("jobs", request, "JobName", "Failed to find Job with name "));
        return answer;
    }

    private void add(String kind, String name, ObjectNode shown, String taken) {
        if (file.things(kind).has(name)) {
            throw RefusedCallException.exists(taken);
        }
        file.things(kind).set(name, shown);
    }

    private ObjectNode find(String kind, ObjectNode request, String field, String missing) {
        InputLimits.name(request, field);
        String name = request.get(field).asString();
        JsonNode found = file.things(kind).get(name);
        if (found == null) {
            throw RefusedCallException.notFound(missing + name);
        }
        return (ObjectNode) found;
    }

    private static ObjectNode required(ObjectNode request, String field) {
        if (request.get(field) instanceof ObjectNode there) {
            return there;
        }
        throw RefusedCallException.invalid(field + " is missing");
    }

    private static void requireText(ObjectNode request, String field) {
        if (request.path(field).asString("").isEmpty()) {
            throw RefusedCallException.invalid(field + " is missing");
        }
    }
}
