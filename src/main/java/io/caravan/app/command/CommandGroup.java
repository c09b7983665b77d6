package io.caravan.app.command;

import java.util.List;

/** A command that only holds others, such as {@code dead-letters} before {@code list}. */
abstract class CommandGroup {

    private final List<Object> commands;

    /**
     * Holds nothing else.
     *
     * @param commands annotated with {@link picocli.CommandLine.Command}
     */
    CommandGroup(Object... commands) {
        this.commands = List.of(commands);
    }

    /** Returns the commands that stand behind this one. */
    final List<Object> commands() {
        return commands;
    }
}
