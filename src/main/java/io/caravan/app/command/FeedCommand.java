package io.caravan.app.command;

import picocli.CommandLine.Command;

@Command(
        name = "feed",
        description = "Feeds: writes one for objects that are there.",
        synopsisSubcommandLabel = "COMMAND")
public final class FeedCommand extends CommandGroup {

    public FeedCommand(Object... commands) {
        super(commands);
    }
}
