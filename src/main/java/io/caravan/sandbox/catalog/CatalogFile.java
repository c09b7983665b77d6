package io.caravan.sandbox.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a stand-in holds, in a file of the sandbox's directory. */
final class CatalogFile {

    static final JsonMapper JSON = new JsonMapper();

    private final Path path;
    private final ObjectNode content;

    CatalogFile(Path directory, String name) {
        this.path = directory.resolve(name);
        try {
            this.content =
                    Files.exists(path) ? (ObjectNode) JSON.readTree(Files.readString(path)) : JSON.createObjectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns things of a kind by their names; what is changed there is changed here. */
    ObjectNode things(String kind) {
        JsonNode there = content.get(kind);
        return there == null ? content.putObject(kind) : (ObjectNode) there;
    }

    /** Writes all of it, so that a reader sees the file before or after. */
    void save() {
        try {
            Path next = path.resolveSibling(path.getFileName() + ".next");
            Files.writeString(next, JSON.writeValueAsString(content));
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
