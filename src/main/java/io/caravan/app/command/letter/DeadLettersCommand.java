package io.caravan.app.command.letter;

import io.caravan.app.command.CommandGroup;
import picocli.CommandLine.Command;

@Command(
        name = "dead-letters",
        description = "The rejected rows: looks at them, and brings them through their feed again.",
        synopsisSubcommandLabel = "COMMAND")
public final class DeadLettersCommand extends CommandGroup {

    public DeadLettersCommand(Object... commands) {
        super(commands);
    }
}
