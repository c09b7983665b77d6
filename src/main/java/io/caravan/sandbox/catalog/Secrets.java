package io.caravan.sandbox.catalog;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Texts that Secrets Manager keeps, by their names or their ARNs.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue</a>
 */
final class Secrets {

    private static final String ARN = "arn:aws:secretsmanager:us-east-1:000000000000:secret:";
    private static final String SUFFIX = "-CaRvAn";
    private static final String TEXT = "SecretString";
    private static final int MOST_CHARS = 65_536;

    private final CatalogFile file;

    private Secrets(CatalogFile file) {
        this.file = file;
    }

    /** Opens what is kept in a directory, apart from what Glue keeps there. */
    static Service open(Path directory) {
        CatalogFile file = new CatalogFile(directory, "secrets.json");
        Secrets secrets = new Secrets(file);
        return new Service(
                "secretsmanager",
                file,
                Map.of(
                        "CreateSecret",
                        Operation.changing(CreateSecretRequest.builder(), secrets::create),
                        "PutSecretValue",
                        Operation.changing(PutSecretValueRequest.builder(), secrets::put),
                        "GetSecretValue",
                        Operation.reading(GetSecretValueRequest.builder(), secrets::get)));
    }

    private ObjectNode create(ObjectNode request) {
        String name = request.path("Name").asString("");
        if (name.isEmpty() || !name.matches("[A-Za-z0-9/_+=.@-]{1,512}")) {
            throw refused(
                    "InvalidParameterException",
                    "Invalid name. Must be a valid name containing alphanumeric characters");
        }
        if (file.things(TEXT).has(name)) {
            throw refused(
                    "ResourceExistsException", "The operation failed because the secret " + name + " already exists.");
        }
        return keep(name, request);
    }

    private ObjectNode put(ObjectNode request) {
        return keep(find(request), request);
    }

    private ObjectNode keep(String name, ObjectNode request) {
        JsonNode text = request.get(TEXT);
        if (text == null || text.asString("").isEmpty() || text.asString().length() > MOST_CHARS) {
            throw refused("InvalidParameterException", "You must provide SecretString, of up to 65,536 characters.");
        }
        ObjectNode kept = CatalogFile.JSON.createObjectNode();
        kept.put(TEXT, text.asString()).put("VersionId", UUID.randomUUID().toString());
        file.things(TEXT).set(name, kept);
        return named(name, kept);
    }

    private ObjectNode get(ObjectNode request) {
        String name = find(request);
        ObjectNode kept = (ObjectNode) file.things(TEXT).get(name);
        ObjectNode answer = named(name, kept).put(TEXT, kept.path(TEXT).asString());
        answer.putArray("VersionStages").add("AWSCURRENT");
        return answer;
    }

    private static ObjectNode named(String name, ObjectNode kept) {
        return CatalogFile.JSON
                .createObjectNode()
                .put("ARN", ARN + name + SUFFIX)
                .put("Name", name)
                .put("VersionId", kept.path("VersionId").asString());
    }

    /** Returns the name of what a request names, by its ARN or its name. */
    private String find(ObjectNode request) {
        String id = request.path("SecretId").asString("");
        String name = id.startsWith(ARN) ? id.substring(ARN.length()) : id;
        if (id.startsWith(ARN) && name.endsWith(SUFFIX)) {
            name = name.substring(0, name.length() - SUFFIX.length());
        }
        if (!file.things(TEXT).has(name)) {
            throw refused("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
        }
        return name;
    }

    private static RefusedCallException refused(String type, String message) {
        return new RefusedCallException(type, 400, message);
    }
}
