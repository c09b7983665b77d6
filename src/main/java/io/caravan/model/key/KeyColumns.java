package io.caravan.model.key;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which values of a key are values of its object's rows: those of folders {@code name=value}, as Hive writes partitions, or those
 * at places of a glob, <code>orders_{day}.csv</code>. Immutable; safe for use by several threads.
 */
public final class KeyColumns {

    /** How <a href="https://cwiki.apache.org/confluence/display/Hive/Configuration+Properties">Hive</a> writes NULL. */
    private static final String HIVE_NULL = "__HIVE_DEFAULT_PARTITION__";

    /** Of keys that hold no values. */
    public static final KeyColumns NONE = new KeyColumns("", List.of(), null);

    private final String text;
    private final List<String> names;
    private final @Nullable GlobPath pattern;

    private KeyColumns(String text, List<String> names, @Nullable GlobPath pattern) {
        this.text = text;
        this.names = List.copyOf(names);
        this.pattern = pattern;
        if (names.stream().map(KeyColumns::fold).distinct().count() < names.size()) {
            throw new IllegalArgumentException("it names a column twice");
        }
    }

    /**
     * Means the values of folders.
     *
     * @param names before the equals signs, whatever the case of their letters
     * @throws IllegalArgumentException if one stands there twice
     */
    public static KeyColumns ofFolders(List<String> names) {
        return names.isEmpty() ? NONE : new KeyColumns(String.join(", ", names), names, null);
    }

    /**
     * Means the values at places of a glob as {@link KeyGlob} has it, with names in braces in place of alternatives.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static KeyColumns ofPattern(String pattern) {
        GlobPath path = GlobText.parseCapturing(pattern);
        List<String> names = new ArrayList<>();
        path.steps().forEach(step -> {
            if (step instanceof GlobStep.Capture capture) {
                names.add(capture.name());
            }
        });
        return new KeyColumns(pattern, names, path);
    }

    /** Returns the names of the values, as the feed has them. */
    public List<String> names() {
        return names;
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    /**
     * Returns the values of a key, in the order of {@link #names}.
     *
     * @throws IllegalArgumentException saying which one the key lacks, or what is wrong with it
     */
    public List<KeyValue> of(KeyPart key) {
        if (isEmpty()) {
            return List.of();
        }
        return pattern == null ? ofFolders(key) : ofPattern(pattern, key);
    }

    private List<KeyValue> ofPattern(GlobPath path, KeyPart key) {
        Optional<Map<String, String>> found = text.indexOf('/') < 0
                ? path.match(key.name())
                : path.match(key.behindFolder()).or(() -> path.match(key.key()));
        Map<String, String> values =
                found.orElseThrow(() -> new IllegalArgumentException("it does not match '" + text + "'"));
        return names.stream()
                .map(name -> new KeyValue(name, orNull(values.get(name))))
                .toList();
    }

    private List<KeyValue> ofFolders(KeyPart key) {
        String folders = key.key().substring(0, key.nameStart());
        List<KeyValue> values = new ArrayList<>();
        for (String name : names) {
            @Nullable String found = null;
            for (String folder : folders.split("/", -1)) {
                int equals = folder.indexOf('=');
                if (equals < 0
                        || !fold(EscapedName.decode(folder.substring(0, equals)))
                                .equals(fold(name))) {
                    continue;
                }
                String value = EscapedName.decode(folder.substring(equals + 1));
                if (found != null && !found.equals(value)) {
                    throw new IllegalArgumentException("it has two folders '" + name + "='");
                }
                found = value;
            }
            if (found == null) {
                throw new IllegalArgumentException("it has no folder '" + name + "='");
            }
            values.add(new KeyValue(name, orNull(found)));
        }
        return values;
    }

    private static @Nullable String orNull(@Nullable String value) {
        return value == null || value.isEmpty() || value.equals(HIVE_NULL) ? null : value;
    }

    private static String fold(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyColumns columns
                && text.equals(columns.text)
                && names.equals(columns.names)
                && (pattern == null) == (columns.pattern == null);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, names);
    }

    /** Returns it as it is written. */
    @Override
    public String toString() {
        return text;
    }
}
