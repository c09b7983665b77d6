package io.caravan.sandbox;

import java.util.TreeMap;

/** Replacements in one SQL text, by position; applied at once so that no position moves. */
final class Edits {

    private final TreeMap<Integer, Edit> edits = new TreeMap<>();

    private record Edit(int end, String text) {}

    /** Replaces the characters from start to end; a later edit at the same start wins. */
    void replace(int start, int end, String text) {
        edits.put(start, new Edit(end, text));
    }

    void replace(Token token, String text) {
        replace(token.start(), token.end(), text);
    }

    boolean has(Token token) {
        return edits.containsKey(token.start());
    }

    void delete(int start, int end) {
        replace(start, end, "");
    }

    /** Returns the text of a statement, or of a part of it, with the edits in it; edits inside an already replaced part are dropped. */
    String apply(Statement statement) {
        String source = statement.source();
        StringBuilder out = new StringBuilder();
        int at = statement.start();
        for (var entry : edits.entrySet()) {
            if (entry.getKey() >= statement.end()) {
                break;
            }
            if (entry.getKey() >= at) {
                out.append(source, at, entry.getKey()).append(entry.getValue().text());
                at = entry.getValue().end();
            }
        }
        return out.append(source, Math.max(at, 0), Math.max(at, statement.end()))
                .toString();
    }
}
