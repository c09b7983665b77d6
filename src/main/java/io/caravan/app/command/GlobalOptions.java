package io.caravan.app.command;

import io.caravan.app.settings.Settings;
import io.caravan.app.settings.SettingsReader;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every command. */
public final class GlobalOptions {

    /** System property by which the log shows stack traces; it is set up before any option is read. */
    public static final String VERBOSE_PROPERTY = "caravan.verbose";

    private static final String VERBOSE = "--verbose";

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
            description = "Directory of the route files, or several with commas between. Default: the setting"
                    + " caravan.routes.directory.")
    private @Nullable String routes;

    @Option(names = VERBOSE, scope = ScopeType.INHERIT, description = "Show stack traces.")
    private boolean verbose;

    /** Returns whether a command line asks for stack traces. */
    public static boolean isVerbose(String... args) {
        return Arrays.asList(args).contains(VERBOSE);
    }

    boolean verbose() {
        return verbose;
    }

    /** Reads the settings that these options point at. */
    public Settings read(SettingsReader reader) {
        return reader.read(properties, routes);
    }
}
