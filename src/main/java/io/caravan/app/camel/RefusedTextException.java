package io.caravan.app.camel;

import org.snakeyaml.engine.v2.nodes.Node;

/** A route file whose text is not taken; the message begins with the line, for people, after the file's name. */
final class RefusedTextException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int line;
    private final String problem;

    /**
     * Says what is wrong.
     *
     * @param line where, from 1
     */
    RefusedTextException(int line, String problem) {
        super("line " + line + ": " + problem);
        this.line = line;
        this.problem = problem;
    }

    /** Says what is wrong with this. */
    RefusedTextException(Node where, String problem) {
        this(RouteText.line(where), problem);
    }

    /** Returns the same, with more behind it. */
    RefusedTextException with(String more) {
        return new RefusedTextException(line, problem + more);
    }
}
