package io.caravan.sandbox.token;

import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Replacements in one SQL text, by position; applied at once so that no position moves. */
public final class Edits {

    private final TreeMap<Integer, Edit> edits = new TreeMap<>();
    private final TreeMap<Integer, String> behind = new TreeMap<>();

    private record Edit(int end, Supplier<String> text) {}

    /** Replaces the characters from start to end; a later edit at the same start wins. */
    public void replace(int start, int end, String text) {
        replace(start, end, () -> text);
    }

    /** Does the same with a text that holds what other edits make of its parts: it is asked for once all are known. */
    public void replace(int start, int end, Supplier<String> text) {
        edits.put(start, new Edit(end, text));
    }

    public void replace(Token token, String text) {
        replace(token.start(), token.end(), text);
    }

    public boolean has(Token token) {
        return edits.containsKey(token.start());
    }

    public void delete(int start, int end) {
        replace(start, end, "");
    }

    /** Puts a text behind a token that ends there, in the order of calls. */
    public void append(int end, String text) {
        behind.merge(end, text, String::concat);
    }

    /**
     * Returns the text of a statement, or of a part of it, with the edits in it; edits inside an already replaced part are
     * dropped.
     */
    public String apply(Statement statement) {
        String source = statement.source();
        StringBuilder out = new StringBuilder();
        int at = statement.start();
        NavigableSet<Integer> positions =
                new TreeSet<>(edits.subMap(statement.start(), statement.end()).keySet());
        positions.addAll(
                behind.subMap(statement.start(), false, statement.end(), true).keySet());
        for (int position : positions) {
            if (position < at) {
                continue;
            }
            out.append(source, at, position);
            at = position;
            if (position > statement.start()) {
                out.append(behind.getOrDefault(position, ""));
            }
            Edit edit = position < statement.end() ? edits.get(position) : null;
            if (edit != null) {
                out.append(edit.text().get());
                at = edit.end();
            }
        }
        return out.append(source, at, Math.max(at, statement.end())).toString();
    }
}
