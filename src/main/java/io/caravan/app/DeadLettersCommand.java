package io.caravan.app;

import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "dead-letters",
        description = "The rejected rows: looks at them, and brings them through their feed again.",
        synopsisSubcommandLabel = "COMMAND")
final class DeadLettersCommand implements CommandGroup {

    private final List<Object> commands;

    DeadLettersCommand(Object... commands) {
        this.commands = List.of(commands);
    }

    @Override
    public List<Object> commands() {
        return commands;
    }
}
