package io.caravan.app;

import java.util.List;

/** A command that only holds others, such as {@code dead-letters} before {@code list}. */
interface CommandGroup {

    /** Returns the commands that stand behind this one. */
    List<Object> commands();
}
