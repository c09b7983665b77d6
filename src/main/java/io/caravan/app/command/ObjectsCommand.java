package io.caravan.app.command;

import picocli.CommandLine.Command;

@Command(
        name = "objects",
        description = "The ledger: looks at what became of objects, and has some loaded again or not at all.",
        synopsisSubcommandLabel = "COMMAND")
public final class ObjectsCommand extends CommandGroup {

    public ObjectsCommand(Object... commands) {
        super(commands);
    }
}
