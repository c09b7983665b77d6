package io.caravan.model.mask;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which columns' values a feed masks.
 *
 * @param byColumn by the columns' names, folded
 * @param key the key of hashes; null if there is none
 * @param areApplied whether values may be masked already, because they come from where masked values are kept; what looks like a
 *     mask stays as it is then
 */
public record Masks(Map<String, Mask> byColumn, @Nullable MaskKey key, boolean areApplied) {

    /** Nothing is masked. */
    public static final Masks NONE = new Masks(Map.of(), null, false);

    public Masks {
        byColumn = Map.copyOf(byColumn);
    }

    public boolean areNone() {
        return byColumn.isEmpty();
    }

    /** Returns whether a key is needed that is not there. */
    public boolean lackKey() {
        return key == null && byColumn.values().stream().anyMatch(mask -> mask.kind() == Mask.Kind.HMAC);
    }

    /** Returns the same for values that may be masked already. */
    public Masks forReplay() {
        return new Masks(byColumn, key, true);
    }
}
