package io.caravan.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every command. */
final class GlobalOptions {

    @Option(
            names = "--properties",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Settings file. Default: application.properties.")
    private @Nullable Path properties;

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Directory of the route files. Default: the setting caravan.routes.directory.")
    private @Nullable Path routes;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show stack traces.")
    private boolean verbose;

    boolean verbose() {
        return verbose;
    }

    /** Reads the settings that these options point at. */
    Settings read(SettingsReader reader) {
        return reader.read(properties, routes);
    }
}
