package io.caravan.model.key;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Reads the text of a glob. */
final class GlobText {

    /** Of one glob. */
    private static final int MOST_ALTERNATIVES = 1_000;

    /** Keys have at most 1,024 bytes. */
    private static final int MOST_CHARS = 1_024;

    private final int[] text;
    private final boolean captures;
    private int place;

    private GlobText(String text, boolean captures) {
        this.text = text.codePoints().toArray();
        this.captures = captures;
    }

    /**
     * Returns the paths of which a text has to match one.
     *
     * @throws IllegalArgumentException saying what is wrong with the glob
     */
    static List<GlobPath> parse(String glob) {
        return check(glob, false).alternatives(0).stream().map(GlobPath::new).toList();
    }

    /**
     * Returns a path in which <code>{name}</code> captures, and no alternatives are.
     *
     * @throws IllegalArgumentException likewise
     */
    static GlobPath parseCapturing(String glob) {
        return new GlobPath(check(glob, true).alternatives(0).get(0));
    }

    private static GlobText check(String glob, boolean captures) {
        if (glob.isEmpty()) {
            throw new IllegalArgumentException("it is empty");
        }
        if (glob.length() > MOST_CHARS) {
            throw new IllegalArgumentException("it has more than " + MOST_CHARS + " characters, more than a key");
        }
        if (glob.startsWith("s3://")) {
            throw new IllegalArgumentException("it is held against keys, which have no s3:// and no bucket");
        }
        if (glob.startsWith("/")) {
            throw new IllegalArgumentException(
                    "it begins with a slash, as keys do not; leave that out, or write '**" + glob + "'");
        }
        if (glob.endsWith("/")) {
            throw new IllegalArgumentException(
                    "it ends in a slash; write '" + glob + "**' for all that is in a folder");
        }
        return new GlobText(glob, captures);
    }

    /** Reads to the end, or inside of braces to the comma or the brace behind an alternative. */
    private List<List<GlobStep>> alternatives(int depth) {
        List<List<GlobStep>> all = new ArrayList<>();
        all.add(new ArrayList<>());
        while (place < text.length) {
            int c = text[place];
            if (depth > 0 && (c == ',' || c == '}')) {
                return all;
            }
            place++;
            List<List<GlobStep>> next =
                    switch (c) {
                        case '*' -> List.of(List.of(many()));
                        case '?' -> List.of(List.of(new GlobStep.One(found -> found != '/')));
                        case '[' -> List.of(List.of(new GlobStep.One(set())));
                        case '{' -> captures ? List.of(List.of(capture())) : braces(depth + 1);
                        case '\\' -> List.of(List.of(literal(escaped())));
                        default -> List.of(List.of(literal(c)));
                    };
            all = joined(all, next);
        }
        return all;
    }

    private static List<List<GlobStep>> joined(List<List<GlobStep>> begun, List<List<GlobStep>> next) {
        if (begun.size() * (long) next.size() > MOST_ALTERNATIVES) {
            throw new IllegalArgumentException("its braces make more than " + MOST_ALTERNATIVES + " alternatives");
        }
        if (next.size() == 1) {
            begun.forEach(steps -> steps.addAll(next.get(0)));
            return begun;
        }
        List<List<GlobStep>> joined = new ArrayList<>();
        for (List<GlobStep> steps : begun) {
            for (List<GlobStep> more : next) {
                List<GlobStep> one = new ArrayList<>(steps);
                one.addAll(more);
                joined.add(one);
            }
        }
        return joined;
    }

    private GlobStep many() {
        boolean isFirst = place == 1 || text[place - 2] == '/';
        if (place == text.length || text[place] != '*') {
            return GlobStep.Many.NAME;
        }
        place++;
        if (isFirst && place < text.length && text[place] == '/') {
            place++;
            return GlobStep.Many.FOLDERS;
        }
        return GlobStep.Many.DEEP;
    }

    private static GlobStep literal(int c) {
        return new GlobStep.One(found -> found == c);
    }

    private int escaped() {
        if (place == text.length) {
            throw new IllegalArgumentException("a backslash is at its end; one that is meant is written twice");
        }
        return text[place++];
    }

    private List<List<GlobStep>> braces(int depth) {
        if (depth > MOST_ALTERNATIVES) {
            throw new IllegalArgumentException("its braces are too deep in each other");
        }
        List<List<GlobStep>> all = new ArrayList<>();
        do {
            all.addAll(alternatives(depth));
            if (place == text.length) {
                throw new IllegalArgumentException("a brace is not closed; one that is meant is written \\{");
            }
        } while (text[place++] == ',');
        return all;
    }

    private GlobStep capture() {
        StringBuilder name = new StringBuilder();
        while (place < text.length && text[place] != '}') {
            name.appendCodePoint(text[place++]);
        }
        if (place++ == text.length) {
            throw new IllegalArgumentException("a brace is not closed; one that is meant is written \\{");
        }
        String column = name.toString().strip();
        if (column.isEmpty() || column.indexOf(',') >= 0) {
            throw new IllegalArgumentException("in braces stands the name of one column, and not '" + name + "'");
        }
        return new GlobStep.Capture(column);
    }

    /** Reads what stands in brackets: characters, and ranges of them. */
    private IntPredicate set() {
        boolean isNegated = place < text.length && (text[place] == '!' || text[place] == '^');
        if (isNegated) {
            place++;
        }
        @Nullable IntPredicate all = null;
        while (place < text.length && (text[place] != ']' || all == null)) {
            int low = member();
            int high = low;
            if (place + 1 < text.length && text[place] == '-' && text[place + 1] != ']') {
                place++;
                high = member();
            }
            if (high < low) {
                throw new IllegalArgumentException("a range in brackets goes backwards");
            }
            IntPredicate range = range(low, high);
            all = all == null ? range : all.or(range);
        }
        if (place == text.length || all == null) {
            throw new IllegalArgumentException("a bracket is not closed; one that is meant is written \\[");
        }
        place++;
        IntPredicate members = isNegated ? all.negate() : all;
        return found -> found != '/' && members.test(found);
    }

    private static IntPredicate range(int low, int high) {
        return found -> low <= found && found <= high;
    }

    private int member() {
        int c = text[place++];
        return c == '\\' ? escaped() : c;
    }
}
