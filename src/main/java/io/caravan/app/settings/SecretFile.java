package io.caravan.app.settings;

import static java.util.Objects.requireNonNull;

import io.caravan.app.secret.Secret;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that holds something secret and nothing else, and may hold something else the next time.
 *
 * @param setting names the file
 * @param content what it holds, for people
 */
record SecretFile(Setting setting, String content, Path path) {

    SecretFile {
        requireNonNull(setting, "setting");
        requireNonNull(content, "content");
        requireNonNull(path, "path");
    }

    /** Returns the file that a setting names, which can be read now, or a problem says so; null if it names none. */
    static @Nullable SecretFile read(SettingValues values, Setting setting, String content) {
        @Nullable String written = values.orNull(setting);
        if (written == null) {
            return null;
        }
        SecretFile file =
                new SecretFile(setting, content, values.workingDirectory().resolve(written));
        try {
            file.read();
        } catch (InvalidConfigurationException e) {
            values.problem(e.code(), e.getMessage());
        }
        return file;
    }

    /**
     * Reads it; a line end behind it is no part of it.
     *
     * @throws InvalidConfigurationException if the file cannot be read
     */
    Secret read() {
        try {
            return new Secret(Files.readString(path).replaceFirst("\\R\\z", ""));
        } catch (IOException e) {
            throw new InvalidConfigurationException(
                    ErrorCode.SETTING_INVALID,
                    setting.key() + ": cannot read " + path + " as text in UTF-8: put the " + content
                            + " there, or name another file",
                    e);
        }
    }
}
