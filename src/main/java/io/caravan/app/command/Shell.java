package io.caravan.app.command;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: the commands, the options they share, and what becomes of their failures. */
@Command(
        name = "caravan",
        description = "Brings new and changed CSV objects from Amazon S3 into Amazon Redshift, exactly once.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  done",
            "  1  something could not be reached or failed, or the heap is full",
            "  2  bad usage or settings, or a feed that is wrong",
            "  3  done, but rows or objects were rejected"
        })
public final class Shell {

    private final CommandLine commandLine;
    private final CommandFailures failures;

    /**
     * Makes a command line.
     *
     * @param options filled when the command line is read; the commands share them
     * @param commands annotated with {@link Command}
     */
    public Shell(GlobalOptions options, List<?> commands, PrintWriter out, PrintWriter err) {
        failures = new CommandFailures(err, options::verbose);
        commandLine = new CommandLine(this);
        commandLine.addMixin("options", options);
        commands.forEach(command -> add(commandLine, command));
        commandLine
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }

    private static void add(CommandLine parent, Object command) {
        CommandLine subcommand = new CommandLine(command);
        subcommand.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new Version());
        parent.addSubcommand(subcommand);
        if (command instanceof CommandGroup group) {
            group.commands().forEach(member -> add(subcommand, member));
        }
    }

    /** Runs a command and returns the exit code. */
    public int execute(String... args) {
        try {
            return commandLine.execute(args);
        } catch (Error e) {
            // picocli hands exceptions to the handler, and lets errors through.
            return failures.report(e);
        }
    }
}
