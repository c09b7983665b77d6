package io.caravan.app.command.terminal;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells of a command, also of one of a group: the command of the same name that picocli has knows the first word only. */
@Command(name = "help", helpCommand = true, description = "Tells how a command is used: 'help loads show'.")
public final class HelpCommand implements Runnable {

    @Parameters(
            arity = "0..*",
            paramLabel = "COMMAND",
            description = "The command, behind the group that it is of. Default: all commands.")
    private List<String> names = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Override
    public void run() {
        CommandLine command = spec.root().commandLine();
        for (String name : names) {
            @Nullable CommandLine next = command.getSubcommands().get(name);
            if (next == null) {
                throw new ParameterException(command, "Unknown subcommand '" + name + "'.");
            }
            command = next;
        }
        command.usage(spec.commandLine().getOut());
    }
}
