package io.caravan.app.settings;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the route files are, and what is taken from them.
 *
 * @param directory an existing directory
 * @param onlyFeeds whether nothing but feeds of the shipped template is
 */
public record RouteSettings(Path directory, boolean onlyFeeds) {

    public RouteSettings {
        requireNonNull(directory, "directory");
    }

    /** Takes whatever the files of a directory bring. */
    public RouteSettings(Path directory) {
        this(directory, false);
    }

    /**
     * Reads them.
     *
     * @param named wins over the setting; null if the user named none
     */
    static RouteSettings read(SettingValues values, @Nullable Path named) {
        Path written = named == null ? Path.of(values.required(Setting.ROUTES_DIRECTORY)) : named;
        Path here = values.workingDirectory().resolve(written);
        Optional<Path> found = named == null
                ? values.find(written, Files::isDirectory)
                : Optional.of(here).filter(Files::isDirectory);
        if (found.isEmpty()) {
            values.problem(
                    ErrorCode.SETTING_INVALID,
                    (named == null ? values.name(Setting.ROUTES_DIRECTORY) : "--routes") + ": " + here
                            + " is not a directory: create it, or name another with --routes");
        }
        return new RouteSettings(found.orElse(written), values.truth(Setting.ROUTES_ONLY_FEEDS));
    }

    void show(EffectiveSettings shown) {
        shown.show(Setting.ROUTES_DIRECTORY, directory);
        shown.show(Setting.ROUTES_ONLY_FEEDS, onlyFeeds);
    }
}
