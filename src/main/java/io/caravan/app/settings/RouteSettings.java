package io.caravan.app.settings;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

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
}
