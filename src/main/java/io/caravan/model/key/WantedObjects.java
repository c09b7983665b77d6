package io.caravan.model.key;

import io.caravan.model.ObjectVersion;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of the objects under its prefixes a feed takes.
 *
 * @param include globs of which one must match; empty if none must
 * @param exclude globs of which none may match
 * @param since when an object must have been stored at the earliest; null for any time
 * @param until when it must have been stored before; null for any time
 */
public record WantedObjects(
        List<KeyGlob> include, List<KeyGlob> exclude, @Nullable Instant since, @Nullable Instant until) {

    /** All but those whose names say that they are no data. */
    public static final WantedObjects ALL = new WantedObjects(List.of(), List.of(), null, null);

    /** In no key that somebody writes. */
    private static final String STRANGE = "\uE000";

    public WantedObjects {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        if (since != null && until != null && !since.isBefore(until)) {
            throw new IllegalArgumentException("no time is both since " + since + " and until " + until);
        }
    }

    /** Returns what is said of an object. */
    public KeyWish of(ObjectVersion object, KeyPart key) {
        boolean isInTime = (since == null || !object.lastModified().isBefore(since))
                && (until == null || object.lastModified().isBefore(until));
        return isInTime ? of(key) : KeyWish.UNWANTED;
    }

    /** Returns what is said of an object of which only the key is known. */
    public KeyWish of(KeyPart key) {
        boolean isNamed = false;
        boolean isNamedWithFolders = false;
        for (KeyGlob glob : include) {
            if (glob.matches(key)) {
                isNamed = true;
                isNamedWithFolders |= !glob.isOfName();
            }
        }
        if ((!include.isEmpty() && !isNamed) || exclude.stream().anyMatch(glob -> glob.matches(key))) {
            return KeyWish.UNWANTED;
        }
        boolean isNoData = (!isNamed && NoData.isName(key)) || (!isNamedWithFolders && NoData.hasFolder(key));
        return isNoData ? KeyWish.NO_DATA : KeyWish.WANTED;
    }

    /**
     * Returns whether objects may be wanted whose keys begin so.
     *
     * @param beginning the part of the key that is known
     */
    public boolean mayWantBehind(KeyPart beginning) {
        boolean isIncluded = include.isEmpty() || include.stream().anyMatch(glob -> glob.mayMatchBehind(beginning));
        KeyPart inFolder = behind(beginning, STRANGE);
        KeyPart deeper = behind(beginning, STRANGE + "/" + STRANGE);
        return isIncluded && exclude.stream().noneMatch(glob -> glob.matches(inFolder) && glob.matches(deeper));
    }

    private static KeyPart behind(KeyPart beginning, String more) {
        return new KeyPart(beginning.key() + more, beginning.prefixChars());
    }
}
