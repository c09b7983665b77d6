package io.caravan.lineage;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.caravan.model.ledger.PastObject;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What a load has read of a folder of a bucket: the dataset of lineage, as an object of its own would be one for each file.
 *
 * @param namespace {@code s3://BUCKET}
 * @param name the folder without slashes around it; {@code /} for the whole bucket
 * @param objects how many objects
 * @param bytes their size as stored
 * @param rows how many records were read in them
 */
record ObjectFolder(String namespace, String name, long objects, long bytes, long rows) {

    /** Returns the folders that objects lie in, in the order of the first object of each. */
    static List<ObjectFolder> of(List<PastObject> objects) {
        return objects.stream()
                .collect(groupingBy(
                        ObjectFolder::place, LinkedHashMap::new, collectingAndThen(toList(), ObjectFolder::sum)))
                .values()
                .stream()
                .toList();
    }

    private static List<String> place(PastObject object) {
        String key = object.object().key();
        String folder = key.substring(0, Math.max(0, key.lastIndexOf('/'))).replaceAll("^/+|/+$", "");
        return List.of("s3://" + object.object().bucket(), folder.isEmpty() ? "/" : folder);
    }

    private static ObjectFolder sum(List<PastObject> objects) {
        List<String> place = place(objects.get(0));
        return new ObjectFolder(
                place.get(0),
                place.get(1),
                objects.size(),
                objects.stream()
                        .mapToLong(object -> object.object().sizeBytes())
                        .sum(),
                objects.stream().mapToLong(object -> object.counts().read()).sum());
    }
}
