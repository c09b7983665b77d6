package io.caravan.app.settings;

import static java.util.Objects.requireNonNull;

import io.caravan.app.secret.Secret;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds the warehouse user's password and nothing else, and may hold another one the next time. */
record PasswordFile(Path path) {

    PasswordFile {
        requireNonNull(path, "path");
    }

    /**
     * Reads the password; a line end behind it is no part of it.
     *
     * @throws InvalidConfigurationException if the file cannot be read
     */
    Secret read() {
        try {
            return new Secret(Files.readString(path).replaceFirst("\\R\\z", ""));
        } catch (IOException e) {
            throw new InvalidConfigurationException(
                    ErrorCode.SETTING_INVALID,
                    Setting.WAREHOUSE_PASSWORD_FILE.key() + ": cannot read " + path
                            + " as text in UTF-8: put the password there, or name another file",
                    e);
        }
    }
}
