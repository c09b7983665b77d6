package io.caravan.app;

import picocli.CommandLine.Command;

@Command(
        name = "objects",
        description = "The ledger: looks at what became of objects, and has some loaded again or not at all.",
        synopsisSubcommandLabel = "COMMAND")
final class ObjectsCommand extends CommandGroup {

    ObjectsCommand(Object... commands) {
        super(commands);
    }
}
