package io.caravan.app.draft;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where drafted feeds are written. */
public final class FeedFiles {

    private static final String EXTENSION = ".camel.yaml";

    private final Path directory;

    public FeedFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes sure that a feed of a name can be written.
     *
     * @throws InvalidConfigurationException if there is such a file
     */
    public void requireFree(String name) {
        if (Files.exists(path(name))) {
            throw taken(path(name));
        }
    }

    /**
     * Writes a feed.
     *
     * @throws InvalidConfigurationException if there is such a file, or it cannot be written
     */
    public Path write(FeedDraft draft) {
        Path file = path(draft.name());
        try {
            return Files.writeString(file, FeedText.of(draft), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw taken(file);
        } catch (IOException e) {
            throw new InvalidConfigurationException(ErrorCode.ROUTE_FILE, "Cannot write " + file, e);
        }
    }

    private static InvalidConfigurationException taken(Path file) {
        return new InvalidConfigurationException(
                ErrorCode.ROUTE_FILE,
                "There is " + file
                        + " already, and it stays as it is; move it away, give another --table, or look only, with"
                        + " --dry-run");
    }

    private Path path(String name) {
        return directory.resolve(name + EXTENSION);
    }
}
