package io.caravan.app.draft;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.caravan.base.CaravanException;
import io.caravan.base.RetryableException;
import io.caravan.model.ObjectVersion;
import io.caravan.model.key.KeyGlob;
import io.caravan.model.key.KeyPart;
import io.caravan.model.key.KeyWish;
import io.caravan.model.key.WantedObjects;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Objects under one prefix that are of several kinds: those whose names and first lines differ, or that are no CSV by their names.
 * A feed is for one kind.
 *
 * @param objects those of the kind that has most bytes
 * @param include globs with commas between, which match these and no others; empty if there are no others
 * @param others the name of one object of each other kind
 */
record ObjectKinds(List<ObjectVersion> objects, String include, List<String> others) {

    /** With more of them, names are values, and say nothing of kinds. */
    private static final int MOST = 40;

    private static final int HEAD_BYTES = 8_192;

    private static final Pattern NUMBERS =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|\\d([\\d._T:Z-]*\\d)?");

    private static final Pattern CSV_NAME = Pattern.compile(
            "(?i)[^.]*|.*\\.(csv|tsv|tab|psv|txt|dat|data|out|log|asc|\\d+)([._-].*|\\.(gz|gzip|bz2|zst|zip))*");

    /** What parts the fields of a first line. */
    private static final Pattern DELIMITER = Pattern.compile("[,;\\t|]");

    private static final Pattern VALUE = Pattern.compile("[-+]?\\d.*|");

    ObjectKinds {
        objects = List.copyOf(objects);
        others = List.copyOf(others);
    }

    /**
     * Parts objects.
     *
     * @param place where they are
     * @param data at least one
     */
    static ObjectKinds of(SourcePlace place, List<ObjectVersion> data, ObjectReader reader) {
        Map<String, List<ObjectVersion>> byName = new LinkedHashMap<>();
        data.forEach(object -> byName.computeIfAbsent(shape(place, object), shape -> new ArrayList<>())
                .add(object));
        if (byName.size() == 1 || byName.size() > MOST) {
            return new ObjectKinds(data, "", List.of());
        }
        Map<String, List<ObjectVersion>> kinds = new LinkedHashMap<>();
        for (List<ObjectVersion> alike : byName.values()) {
            String kind = kind(alike, reader);
            String like = kinds.keySet().stream()
                    .filter(other -> areAlike(kind, other))
                    .findFirst()
                    .orElse(kind);
            kinds.computeIfAbsent(like, head -> new ArrayList<>()).addAll(alike);
        }
        String main = kinds.entrySet().stream()
                .max(Comparator.<Map.Entry<String, List<ObjectVersion>>>comparingInt(
                                kind -> kind.getKey().isEmpty() ? 0 : 1)
                        .thenComparingLong(kind -> bytes(kind.getValue())))
                .map(Map.Entry::getKey)
                .orElse("");
        List<ObjectVersion> chosen = kinds.getOrDefault(main, data);
        List<String> others = kinds.entrySet().stream()
                .filter(kind -> !kind.getKey().equals(main))
                .map(kind -> kind.getValue().get(0).key())
                .toList();
        if (others.isEmpty()) {
            return new ObjectKinds(data, "", List.of());
        }
        return new ObjectKinds(chosen, globs(place, data, chosen).orElse(""), others);
    }

    private static long bytes(List<ObjectVersion> objects) {
        return objects.stream().mapToLong(ObjectVersion::sizeBytes).sum();
    }

    /** Returns a key behind the folder of the prefix, with stars in the place of numbers and of partitions' values. */
    private static String shape(SourcePlace place, ObjectVersion object) {
        String behind = object.key().substring(place.prefix().lastIndexOf('/') + 1);
        return NUMBERS.matcher(behind.replaceAll("=[^/]*/", "=*/")).replaceAll("*");
    }

    /**
     * Returns what objects of one shape are: their first line, if it names columns. Those whose first lines are rows share a kind,
     * as these say nothing of it; and what is no CSV by its name has none.
     */
    private static String kind(List<ObjectVersion> objects, ObjectReader reader) {
        ObjectVersion newest = objects.stream().max(ObjectVersion.OLDEST_FIRST).orElseThrow();
        if (!CSV_NAME.matcher(name(newest)).matches()) {
            return "";
        }
        String line = head(newest, reader).strip();
        String[] fields = DELIMITER.split(line, -1);
        boolean areNames = fields.length > 1;
        for (String field : fields) {
            areNames &= !VALUE.matcher(field.replace("\"", "").strip()).matches();
        }
        return areNames ? line : "rows";
    }

    /** Columns come and go: objects that share half of their names are of one kind. */
    private static boolean areAlike(String kind, String other) {
        Set<String> names = new HashSet<>(List.of(DELIMITER.split(kind, -1)));
        Set<String> others = new HashSet<>(List.of(DELIMITER.split(other, -1)));
        int most = Math.max(names.size(), others.size());
        names.retainAll(others);
        return names.size() * 2 >= most;
    }

    private static String head(ObjectVersion object, ObjectReader reader) {
        try {
            Optional<ObjectBody> opened = reader.open(object);
            if (opened.isEmpty()) {
                return "";
            }
            try (ObjectBody body = opened.get()) {
                String head = new String(body.content().readNBytes(HEAD_BYTES), ISO_8859_1);
                return head.stripLeading().lines().findFirst().orElse("");
            }
        } catch (RetryableException e) {
            throw e;
        } catch (CaravanException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(ObjectVersion object) {
        return object.key().substring(object.key().lastIndexOf('/') + 1);
    }

    /** Returns globs about names, or else about folders, that match just the chosen ones; empty if there are none. */
    private static Optional<String> globs(SourcePlace place, List<ObjectVersion> all, List<ObjectVersion> chosen) {
        String names = joined(chosen.stream().map(object -> glob(name(object))).toList());
        int from = place.prefix().lastIndexOf('/') + 1;
        String folders = joined(chosen.stream()
                .map(object -> object.key().substring(from))
                .filter(key -> key.indexOf('/') > 0)
                .map(key -> glob(key.substring(0, key.indexOf('/'))) + "/**")
                .toList());
        return List.of(names, folders).stream()
                .filter(globs -> !globs.isEmpty() && areJust(place, globs, all, chosen))
                .findFirst();
    }

    private static String joined(List<String> globs) {
        return String.join(", ", globs.stream().distinct().sorted().toList());
    }

    private static String glob(String name) {
        String escaped = name.replaceAll("[\\[\\]{}*?\\\\,]", "\\\\$0");
        return NUMBERS.matcher(escaped).replaceAll("*");
    }

    private static boolean areJust(
            SourcePlace place, String globs, List<ObjectVersion> all, List<ObjectVersion> chosen) {
        WantedObjects wanted = new WantedObjects(
                KeyGlob.split(globs).stream().map(KeyGlob::parse).toList(), List.of(), null, null);
        return all.stream().allMatch(object -> {
            boolean isWanted =
                    wanted.of(new KeyPart(object.key(), place.prefix().length())) == KeyWish.WANTED;
            return isWanted == chosen.contains(object);
        });
    }
}
