package io.caravan.model.key;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A glob that says which keys are meant. One without a slash is about the name of an object, which is what stands behind the
 * last slash of its key. One with a slash is about the key as it goes on behind the folder of the prefix, or about the whole
 * key; it is enough that one of the two matches.
 *
 * <p>{@code *} is any number of characters but slashes, <code>**</code> also of slashes, <code>**&#47;</code> any number of
 * folders, {@code ?} one character, {@code [a-z]} one of some, <code>{a,b}</code> one of several texts; a backslash takes the
 * next character as it is. Letters are those that are written. Immutable; safe for use by several threads.
 */
public final class KeyGlob {

    private final String text;
    private final boolean isOfName;
    private final List<GlobPath> paths;

    private KeyGlob(String text, List<GlobPath> paths) {
        this.text = requireNonNull(text, "text");
        this.isOfName = text.indexOf('/') < 0;
        this.paths = paths;
    }

    /**
     * Reads a glob.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static KeyGlob parse(String text) {
        return new KeyGlob(text, GlobText.parse(text));
    }

    /**
     * Returns the globs of a list with commas between. A comma in braces or brackets, or behind a backslash, is the glob's own.
     *
     * @return without white space around them, and without empty ones
     */
    public static List<String> split(String list) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int braces = 0;
        boolean isInSet = false;
        boolean isEscaped = false;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (c == ',' && braces == 0 && !isInSet && !isEscaped) {
                pieces.add(piece.toString().strip());
                piece.setLength(0);
                continue;
            }
            piece.append(c);
            if (!isEscaped) {
                isInSet = isInSet ? c != ']' : c == '[';
                braces = isInSet ? braces : Math.max(0, braces + (c == '{' ? 1 : c == '}' ? -1 : 0));
            }
            isEscaped = !isEscaped && c == '\\';
        }
        pieces.add(piece.toString().strip());
        return pieces.stream().filter(one -> !one.isEmpty()).toList();
    }

    /** Returns whether it is about names, and says nothing of folders. */
    boolean isOfName() {
        return isOfName;
    }

    /** Returns whether it matches a key. */
    boolean matches(KeyPart key) {
        return isOfName ? matches(key.name()) : matches(key.behindFolder()) || matches(key.key());
    }

    private boolean matches(String part) {
        return paths.stream().anyMatch(path -> path.match(part).isPresent());
    }

    /** Returns whether it may match a key of which only the beginning is known. */
    boolean mayMatchBehind(KeyPart beginning) {
        String head = head();
        return isOfName || meet(head, beginning.behindFolder()) || meet(head, beginning.key());
    }

    private static boolean meet(String one, String other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    /** Returns what stands before the first character that is not itself. */
    private String head() {
        int end = 0;
        while (end < text.length() && "*?[{\\".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, end);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyGlob glob && text.equals(glob.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text);
    }

    /** Returns it as it is written. */
    @Override
    public String toString() {
        return text;
    }
}
