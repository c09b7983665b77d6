package io.caravan.app.command.pass;

import io.caravan.app.command.CommandGroup;
import picocli.CommandLine.Command;

@Command(name = "loads", description = "The run history: what loads there were, and what became of them.")
public final class LoadsCommand extends CommandGroup {

    public LoadsCommand(Object... commands) {
        super(commands);
    }
}
