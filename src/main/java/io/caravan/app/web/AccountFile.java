package io.caravan.app.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names and their secrets in a file, {@code name:secret} on a line each. It is read anew each time, so that secrets may change. */
final class AccountFile {

    private static final Logger log = LoggerFactory.getLogger(AccountFile.class);

    private final Path path;

    AccountFile(Path path) {
        this.path = path;
    }

    /** Returns whether a name has this secret. */
    boolean has(String name, String secret) {
        boolean found = false;
        for (String line : lines()) {
            // All lines are compared, so that the time says nothing.
            found |= Seal.isSame(line, name + ":" + secret);
        }
        return found;
    }

    /** Returns whose secret it is. */
    Optional<String> nameOf(String secret) {
        Optional<String> found = Optional.empty();
        for (String line : lines()) {
            int colon = line.indexOf(':');
            if (colon > 0 && Seal.isSame(line.substring(colon + 1), secret)) {
                found = Optional.of(line.substring(0, colon));
            }
        }
        return found;
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(path).stream()
                    .filter(line -> line.indexOf(':') > 0 && line.indexOf(':') < line.length() - 1)
                    .toList();
        } catch (IOException e) {
            log.error("Nobody can log in: the file {} cannot be read as text in UTF-8: {}", path, e.toString());
            return List.of();
        }
    }
}
