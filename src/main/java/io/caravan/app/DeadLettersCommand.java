package io.caravan.app;

import picocli.CommandLine.Command;

@Command(
        name = "dead-letters",
        description = "The rejected rows: looks at them, and brings them through their feed again.",
        synopsisSubcommandLabel = "COMMAND")
final class DeadLettersCommand extends CommandGroup {

    DeadLettersCommand(Object... commands) {
        super(commands);
    }
}
