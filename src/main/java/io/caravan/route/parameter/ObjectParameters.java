package io.caravan.route.parameter;

import io.caravan.base.IsoTime;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.key.KeyColumns;
import io.caravan.model.key.KeyGlob;
import io.caravan.model.key.WantedObjects;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a feed's parameters say about which objects are its own, and about their keys. */
final class ObjectParameters {

    private static final Pattern COMMA = Pattern.compile(",");
    private static final Pattern COMMA_AND_BLANK = Pattern.compile(",\\s");

    private final ParameterTexts texts;

    /**
     * Takes the texts.
     *
     * @param texts is told of all that does not hold
     */
    ObjectParameters(ParameterTexts texts) {
        this.texts = texts;
    }

    /**
     * Returns what the keys begin with, in an order that does not depend on how it is written. A key may hold commas, so a text
     * is several prefixes only if it is in brackets, or if each of them ends in a slash.
     */
    List<String> prefixes() {
        String text = texts.written("prefix");
        List<String> prefixes;
        try {
            prefixes = isInBrackets(text)
                    ? inBrackets(text.strip())
                    : text.indexOf(',') < 0 ? List.of(text) : folders(text);
        } catch (IllegalArgumentException e) {
            texts.refuse("'prefix' cannot be '" + text + "': " + e.getMessage());
            return List.of(text);
        }
        if (prefixes.isEmpty()) {
            texts.refuse("'prefix' names no prefix, and is '" + text + "'");
            return List.of(text);
        }
        checkApart(prefixes);
        return prefixes.stream().distinct().sorted().toList();
    }

    private static boolean isInBrackets(String text) {
        return text.strip().startsWith("[") && text.strip().endsWith("]");
    }

    private static List<String> inBrackets(String text) {
        return pieces(text.substring(1, text.length() - 1)).stream()
                .map(QuotedText::unquoted)
                .toList();
    }

    private static List<String> folders(String text) {
        List<String> pieces =
                pieces(text).stream().filter(piece -> piece.indexOf('"') < 0).toList();
        if (pieces.size() > 1 && pieces.stream().allMatch(piece -> piece.endsWith("/"))) {
            return pieces;
        }
        if (COMMA_AND_BLANK.matcher(text).find()) {
            throw new IllegalArgumentException(
                    "several prefixes are written [a/, b], and one that holds a comma [\"a, b\"]");
        }
        return List.of(text);
    }

    private void checkApart(List<String> prefixes) {
        for (int i = 0; i < prefixes.size(); i++) {
            for (int j = 0; j < prefixes.size(); j++) {
                String outer = prefixes.get(i);
                String inner = prefixes.get(j);
                if (i != j && inner.startsWith(outer) && (i < j || !inner.equals(outer))) {
                    texts.refuse("'prefix' has '" + outer + "' and '" + inner
                            + "', whose objects are the other one's too; leave '" + inner + "' out");
                }
            }
        }
    }

    /** Returns which of the objects the feed takes. */
    WantedObjects wanted() {
        @Nullable Instant since = time("since");
        @Nullable Instant until = time("until");
        if (since != null && until != null && !since.isBefore(until)) {
            texts.refuse("'since' is not before 'until', so no object can be in between");
            until = null;
        }
        return new WantedObjects(globs("include"), globs("exclude"), since, until);
    }

    private List<KeyGlob> globs(String parameter) {
        List<KeyGlob> globs = new ArrayList<>();
        for (String glob : KeyGlob.split(texts.written(parameter))) {
            try {
                globs.add(KeyGlob.parse(glob));
            } catch (IllegalArgumentException e) {
                texts.refuse("'" + parameter + "' cannot have '" + glob + "': " + e.getMessage());
            }
        }
        return globs;
    }

    private @Nullable Instant time(String parameter) {
        String text = texts.written(parameter);
        try {
            return text.isBlank() ? null : IsoTime.parse(text);
        } catch (IllegalArgumentException e) {
            texts.refuse("'" + parameter + "': " + e.getMessage());
            return null;
        }
    }

    /** Returns which values of a key are values of rows. */
    KeyColumns keyColumns() {
        String text = texts.stripped("keyColumns");
        try {
            return text.indexOf('{') >= 0
                    ? KeyColumns.ofPattern(text)
                    : KeyColumns.ofFolders(
                            pieces(text).stream().map(QuotedText::unquoted).toList());
        } catch (IllegalArgumentException e) {
            texts.refuse("'keyColumns' cannot be '" + text + "': " + e.getMessage());
            return KeyColumns.NONE;
        }
    }

    /** Returns the name of the object by which those of a folder are complete; null if the feed has none. */
    @Nullable
    String marker(MergePolicy merge) {
        String marker = texts.stripped("marker");
        if (marker.isEmpty()) {
            return null;
        }
        if (marker.indexOf('/') >= 0) {
            texts.refuse("'marker' is the name of an object in each folder, without a slash, and not '" + marker + "'");
        }
        if (merge.remembersRows() && merge.takesMissing()) {
            texts.refuse("'rememberRows' cannot go with 'marker' in full snapshots; leave one of the two out");
        }
        return marker;
    }

    private static List<String> pieces(String text) {
        return QuotedText.split(text, COMMA, 0).stream()
                .filter(piece -> !piece.isEmpty())
                .toList();
    }
}
