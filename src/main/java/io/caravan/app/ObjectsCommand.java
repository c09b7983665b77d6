package io.caravan.app;

import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "objects",
        description = "The ledger: looks at what became of objects, and has some loaded again or not at all.",
        synopsisSubcommandLabel = "COMMAND")
final class ObjectsCommand implements CommandGroup {

    private final List<Object> commands;

    ObjectsCommand(Object... commands) {
        this.commands = List.of(commands);
    }

    @Override
    public List<Object> commands() {
        return commands;
    }
}
