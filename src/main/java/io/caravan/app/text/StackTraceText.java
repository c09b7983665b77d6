package io.caravan.app.text;

import io.caravan.base.VisibleText;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** A stack trace as Java prints it, but that no message in it can add a line. */
public final class StackTraceText {

    private final StringBuilder text = new StringBuilder();

    // A chain of causes may be a ring.
    private final Set<Throwable> said = Collections.newSetFromMap(new IdentityHashMap<>());

    private StackTraceText() {}

    /** Returns the trace with all causes; every line ends in a line feed. */
    public static String of(Throwable failure) {
        StackTraceText trace = new StackTraceText();
        trace.add("", "", failure);
        return trace.text.toString();
    }

    private void add(String indent, String caption, Throwable failure) {
        text.append(indent)
                .append(caption)
                .append(VisibleText.of(failure.toString()))
                .append('\n');
        if (!said.add(failure)) {
            return;
        }
        for (StackTraceElement frame : failure.getStackTrace()) {
            text.append(indent).append("\tat ").append(frame).append('\n');
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            add(indent + "\t", "Suppressed: ", suppressed);
        }
        if (failure.getCause() != null) {
            add(indent, "Caused by: ", failure.getCause());
        }
    }
}
