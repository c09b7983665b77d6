package io.caravan.app.settings;

import static java.util.Objects.requireNonNull;

import io.caravan.app.secret.Secret;
import io.caravan.base.ErrorCode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings from {@code application.properties} and the environment, which wins, and reports all that is wrong
 * with them at once.
 */
public final class SettingsReader {

    private static final String FILE_NAME = "application.properties";

    private final Map<String, String> environment;
    private final List<Path> directories;

    /**
     * Reads from these places.
     *
     * @param environment variables by name
     * @param directories where {@code application.properties} and a relative routes directory are looked for; the first
     *     that has it counts. Not empty; the first is the working directory.
     */
    public SettingsReader(Map<String, String> environment, List<Path> directories) {
        this.environment = Map.copyOf(environment);
        this.directories = List.copyOf(directories);
    }

    /**
     * Returns one for this process: its environment, its working directory, and then the directory that the system property
     * {@code caravan.home} names, where Caravan is installed.
     */
    public static SettingsReader ofProcess() {
        List<Path> directories = new ArrayList<>(List.of(Path.of("").toAbsolutePath()));
        Optional.ofNullable(System.getProperty("caravan.home")).map(Path::of).ifPresent(directories::add);
        return new SettingsReader(System.getenv(), directories);
    }

    /**
     * Reads the settings.
     *
     * @param propertiesFile the file to read instead of {@code application.properties}; must exist. Null if the user
     *     named none
     * @param routesDirectory wins over the setting; null if the user named none
     * @throws io.caravan.base.InvalidConfigurationException if a setting is unknown, missing or wrong
     */
    public Settings read(@Nullable Path propertiesFile, @Nullable Path routesDirectory) {
        SettingsProblems problems = new SettingsProblems();
        Map<String, String> file = readFile(propertiesFile, problems);
        SettingValues values = new SettingValues(file, environment, problems);

        SettingsParser parser = new SettingsParser(values, problems);

        @Nullable String url = parser.url();
        @Nullable PasswordFile passwordFile = parser.passwordFile(workingDirectory());
        @Nullable String passwordSecret = parser.passwordSecret();
        @Nullable Integer poolSize = parser.poolSize();
        @Nullable StagingSettings staging = parser.staging();
        Duration ledgerRefresh = parser.ledgerRefresh();
        @Nullable String deadLetterUri = parser.deadLetterUri();
        Path stateDirectory = parser.stateDirectory(workingDirectory());
        Path routes = routes(values, routesDirectory, problems);
        boolean onlyFeeds = parser.onlyFeeds();
        ServiceSettings service = parser.service();
        boolean pathStyle = parser.pathStyle();
        HttpSettings http = parser.http();
        parser.checkLogLevel();
        parser.checkLogFormat();
        problems.throwIfAny();

        file.keySet().removeIf(key -> key.startsWith(Setting.PREFIX));
        return new Settings(
                new WarehouseSettings(
                        requireNonNull(url),
                        values.orNull(Setting.WAREHOUSE_USER),
                        values.value(Setting.WAREHOUSE_PASSWORD)
                                .map(Secret::new)
                                .orElse(null),
                        passwordFile,
                        passwordSecret,
                        poolSize),
                staging,
                ledgerRefresh,
                deadLetterUri,
                stateDirectory,
                new RouteSettings(routes, onlyFeeds),
                service,
                pathStyle,
                http,
                file);
    }

    private Map<String, String> readFile(@Nullable Path named, SettingsProblems problems) {
        Map<String, String> entries = new HashMap<>();
        Optional<Path> file = named == null
                ? find(Path.of(FILE_NAME), Files::exists)
                : Optional.of(workingDirectory().resolve(named));
        if (file.isEmpty()) {
            return entries;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file.get())) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            problems.add(
                    ErrorCode.SETTING_INVALID,
                    file.get()
                            + (Files.exists(file.get())
                                    ? " is not a readable properties file in UTF-8"
                                    : " does not exist")
                            + ": name another with --properties, or put it there");
        }
        properties.stringPropertyNames().forEach(key -> entries.put(key, properties.getProperty(key)));
        return entries;
    }

    private Path routes(SettingValues values, @Nullable Path named, SettingsProblems problems) {
        Path directory =
                named == null ? Path.of(values.value(Setting.ROUTES_DIRECTORY).orElseThrow()) : named;
        Optional<Path> found = named == null
                ? find(directory, Files::isDirectory)
                : Optional.of(workingDirectory().resolve(named)).filter(Files::isDirectory);
        if (found.isEmpty()) {
            problems.add(
                    ErrorCode.SETTING_INVALID,
                    (named == null ? values.name(Setting.ROUTES_DIRECTORY) : "--routes") + ": "
                            + workingDirectory().resolve(directory)
                            + " is not a directory: create it, or name another with --routes");
        }
        return found.orElse(directory);
    }

    private Optional<Path> find(Path path, Predicate<Path> there) {
        return directories.stream()
                .map(directory -> directory.resolve(path))
                .filter(there)
                .findFirst();
    }

    private Path workingDirectory() {
        return directories.get(0);
    }
}
