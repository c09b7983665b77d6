package io.caravan.app.command;

import java.util.List;

/** A command with others behind it, such as {@code dead-letters} before {@code list}. */
public abstract class CommandGroup {

    private final List<Object> commands;

    /**
     * Holds others.
     *
     * @param commands annotated with {@link picocli.CommandLine.Command}
     */
    protected CommandGroup(Object... commands) {
        this.commands = List.of(commands);
    }

    /** Returns the commands that stand behind this one. */
    final List<Object> commands() {
        return commands;
    }
}
