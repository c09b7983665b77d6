package io.caravan.app.settings;

import static java.util.stream.Collectors.joining;

import io.caravan.base.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the route files are, and what is taken from them.
 *
 * @param directories existing directories, of which there is one at least, and none twice
 * @param onlyFeeds whether nothing but feeds of the shipped template is
 */
public record RouteSettings(List<Path> directories, boolean onlyFeeds) {

    private static final String SEPARATOR = ",";

    public RouteSettings {
        directories = List.copyOf(directories);
        if (directories.isEmpty()) {
            throw new IllegalArgumentException("no directory");
        }
    }

    /** Takes whatever the files of a directory bring. */
    public RouteSettings(Path directory) {
        this(List.of(directory), false);
    }

    /** Returns the directory that new files are written to: the first. */
    public Path directory() {
        return directories.get(0);
    }

    /**
     * Reads them.
     *
     * @param named wins over the setting, and is written like it; null if the user named none
     */
    static RouteSettings read(SettingValues values, @Nullable String named) {
        String written = named == null ? values.required(Setting.ROUTES_DIRECTORY) : named;
        Map<Path, Path> directories = new LinkedHashMap<>();
        Stream.of(written.split(SEPARATOR))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(part -> directory(values, Path.of(part), named != null))
                .forEach(directory -> directories.putIfAbsent(directory.normalize(), directory));
        if (directories.isEmpty()) {
            values.problem(ErrorCode.SETTING_INVALID, name(values, named != null) + " names no directory");
            return new RouteSettings(values.workingDirectory());
        }
        return new RouteSettings(List.copyOf(directories.values()), values.truth(Setting.ROUTES_ONLY_FEEDS));
    }

    private static Path directory(SettingValues values, Path written, boolean isOption) {
        Path here = values.workingDirectory().resolve(written);
        Optional<Path> found =
                isOption ? Optional.of(here).filter(Files::isDirectory) : values.find(written, Files::isDirectory);
        if (found.isEmpty()) {
            values.problem(
                    ErrorCode.SETTING_INVALID,
                    name(values, isOption) + ": " + here
                            + " is not a directory: create it, or name another with --routes");
        }
        return found.orElse(here);
    }

    private static String name(SettingValues values, boolean isOption) {
        return isOption ? "--routes" : values.name(Setting.ROUTES_DIRECTORY);
    }

    void show(EffectiveSettings shown) {
        shown.show(
                Setting.ROUTES_DIRECTORY,
                directories.stream().map(Path::toString).collect(joining(SEPARATOR)));
        shown.show(Setting.ROUTES_ONLY_FEEDS, onlyFeeds);
    }
}
