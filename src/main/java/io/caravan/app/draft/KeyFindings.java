package io.caravan.app.draft;

import io.caravan.csv.guess.Confidence;
import io.caravan.csv.guess.Finding;
import io.caravan.model.ObjectVersion;
import io.caravan.model.key.KeyPart;
import io.caravan.model.key.KeyWish;
import io.caravan.model.key.WantedObjects;
import io.caravan.spi.ObjectReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What keys say: which objects are data of one kind, which values are in the names of their folders, and by what a folder is
 * complete.
 *
 * @param objects those of one kind
 * @param parameters of a feed for them, by name
 * @param findings what was found and why, for people
 */
record KeyFindings(List<ObjectVersion> objects, Map<String, String> parameters, List<Finding> findings) {

    private static final String MARKER = "_SUCCESS";

    private static final int NAMED_OTHERS = 5;

    /**
     * Looks at keys, and at the first lines of objects if their names differ.
     *
     * @param place where they are
     * @param all that lie there, in any order
     */
    static KeyFindings of(SourcePlace place, List<ObjectVersion> all, ObjectReader reader) {
        List<ObjectVersion> data = all.stream()
                .filter(object -> WantedObjects.ALL.of(
                                object, new KeyPart(object.key(), place.prefix().length()))
                        == KeyWish.WANTED)
                .filter(object -> !object.key().endsWith("/"))
                .toList();
        Map<String, String> parameters = new LinkedHashMap<>();
        List<Finding> findings = new ArrayList<>();
        if (data.isEmpty()) {
            return new KeyFindings(all, parameters, findings);
        }
        ObjectKinds kinds = ObjectKinds.of(place, data, reader);
        if (!kinds.others().isEmpty()) {
            String named = kinds.others().stream().limit(NAMED_OTHERS).collect(Collectors.joining(", "));
            if (kinds.include().isEmpty()) {
                findings.add(new Finding(
                        "include", "", Confidence.GUESS, "no glob tells these objects from others, such as " + named));
            } else {
                parameters.put("include", kinds.include());
                findings.add(new Finding(
                        "include",
                        kinds.include(),
                        Confidence.LIKELY,
                        "most bytes are in these; others are of another kind, and need feeds of their own: " + named));
            }
        }
        partitions(place, kinds.objects()).ifPresent(names -> {
            parameters.put("keyColumns", names);
            findings.add(new Finding(
                    "keyColumns", names, Confidence.SURE, "folders of all keys have such names, with values"));
        });
        if (areMarked(place, all, kinds.objects())) {
            parameters.put("marker", MARKER);
            findings.add(new Finding(
                    "marker",
                    MARKER,
                    Confidence.LIKELY,
                    "it lies beside or above all objects, when a folder is complete"));
        }
        return new KeyFindings(kinds.objects(), parameters, findings);
    }

    /** Returns the names of the folders {@code name=value} that all keys have behind the prefix; empty if they have others. */
    private static Optional<String> partitions(SourcePlace place, List<ObjectVersion> objects) {
        Set<String> names = new LinkedHashSet<>();
        objects.stream().map(object -> partition(place, object)).forEach(names::add);
        return names.size() == 1 ? names.stream().filter(one -> !one.isEmpty()).findFirst() : Optional.empty();
    }

    private static String partition(SourcePlace place, ObjectVersion object) {
        int from = place.prefix().lastIndexOf('/') + 1;
        List<String> names = new ArrayList<>();
        String[] steps = object.key().substring(from).split("/", -1);
        for (int i = 0; i < steps.length - 1; i++) {
            int equals = steps[i].indexOf('=');
            if (equals > 0 && steps[i].substring(0, equals).matches("[\\p{L}_][\\p{L}\\p{N}_]*")) {
                names.add(steps[i].substring(0, equals));
            }
        }
        return Set.copyOf(names).size() == names.size() ? String.join(", ", names) : "";
    }

    private static boolean areMarked(SourcePlace place, List<ObjectVersion> all, List<ObjectVersion> objects) {
        List<String> folders = all.stream()
                .map(ObjectVersion::key)
                .filter(key -> key.endsWith("/" + MARKER) || key.equals(MARKER))
                .map(key -> key.substring(0, key.length() - MARKER.length()))
                .toList();
        return objects.stream().allMatch(object -> folders.stream().anyMatch(object.key()::startsWith))
                && place.prefix().length()
                        <= folders.stream().mapToInt(String::length).min().orElse(0);
    }
}
