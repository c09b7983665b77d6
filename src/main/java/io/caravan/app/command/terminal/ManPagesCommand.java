package io.caravan.app.command.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "man-pages",
        hidden = true,
        description = "Writes the manual pages of all commands; the build packs them.")
public final class ManPagesCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Parameters(paramLabel = "DIRECTORY", description = "Where to write them; it is made if need be.")
    @SuppressWarnings("NullAway.Init") // picocli insists on it.
    private Path directory;

    @Parameters(paramLabel = "VERSION", description = "The version that they show.")
    @SuppressWarnings("NullAway.Init") // picocli insists on it.
    private String version;

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(directory);
        write(spec.root());
        return 0;
    }

    private void write(CommandSpec command) throws IOException {
        if (command.usageMessage().hidden()) {
            return;
        }
        Files.writeString(directory.resolve(ManPage.name(command) + ".1"), ManPage.of(command, version));
        for (CommandLine member : command.subcommands().values()) {
            write(member.getCommandSpec());
        }
    }
}
