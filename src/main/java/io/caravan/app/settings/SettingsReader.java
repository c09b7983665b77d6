package io.caravan.app.settings;

import io.caravan.base.ErrorCode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
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
     * @param routesDirectories wins over the setting, and is written like it; null if the user named none
     * @throws io.caravan.base.InvalidConfigurationException if a setting is unknown, missing or wrong
     */
    public Settings read(@Nullable Path propertiesFile, @Nullable String routesDirectories) {
        SettingsProblems problems = new SettingsProblems();
        Map<String, String> file = readFile(propertiesFile, problems);
        SettingValues values =
                new SettingValues(new WrittenSettings(file, environment, problems), problems, directories);
        file.keySet().removeIf(key -> key.startsWith(Setting.PREFIX));
        Settings settings = Settings.read(values, routesDirectories, file);
        problems.throwIfAny();
        return settings;
    }

    private Map<String, String> readFile(@Nullable Path named, SettingsProblems problems) {
        Map<String, String> entries = new HashMap<>();
        Optional<Path> file = named == null
                ? directories.stream()
                        .map(directory -> directory.resolve(FILE_NAME))
                        .filter(Files::exists)
                        .findFirst()
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

    private Path workingDirectory() {
        return directories.get(0);
    }
}
