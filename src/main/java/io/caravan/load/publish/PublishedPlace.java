package io.caravan.load.publish;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.ObjectVersion;
import io.caravan.model.catalog.CatalogColumn;
import io.caravan.model.catalog.CatalogPartition;
import io.caravan.model.feed.Feed;
import io.caravan.model.key.EscapedName;
import io.caravan.model.key.KeyValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The location of a feed's table for its readers: a folder, and the folders in it whose names hold values. */
final class PublishedPlace {

    private final Feed feed;
    private final String folder;

    /**
     * Takes a feed's prefix.
     *
     * @throws InvalidConfigurationException if it has several: a table has one location
     */
    PublishedPlace(Feed feed) {
        if (feed.prefixes().size() > 1) {
            throw new InvalidConfigurationException(
                    ErrorCode.CATALOG_TABLE_UNSUITABLE,
                    "Feed " + feed.name()
                            + " cannot be a table of the Data Catalog: it has several prefixes, and a table"
                            + " one location; make a feed of each");
        }
        this.feed = feed;
        String prefix = feed.prefixes().get(0);
        this.folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    }

    String location() {
        return "s3://" + feed.bucket() + "/" + folder;
    }

    /** Returns whether readers see more objects than the feed does. */
    boolean isWider() {
        return !folder.equals(feed.prefixes().get(0));
    }

    /**
     * Returns whether readers leave an object alone because of its name, or of a folder's.
     *
     * @param partitionFolders how many folders are partitions, which the catalog names
     * @see <a href="https://docs.aws.amazon.com/athena/latest/ug/tables-location-format.html">Athena's hidden files</a>
     */
    boolean isHidden(ObjectVersion object, int partitionFolders) {
        return Stream.of(rest(object).split("/", -1))
                .skip(partitionFolders)
                .anyMatch(name -> name.startsWith("_") || name.startsWith("."));
    }

    private String rest(ObjectVersion object) {
        return object.key().substring(Math.min(folder.length(), object.key().length()));
    }

    /** Returns the columns whose values are in folders; none if the keys of these objects hold theirs in another way. */
    List<CatalogColumn> partitionKeys(List<ObjectVersion> objects) {
        boolean areFolders =
                objects.stream().allMatch(object -> partition(object).isPresent());
        return areFolders && !objects.isEmpty()
                ? feed.objects().keyColumns().names().stream()
                        .map(name -> new CatalogColumn(name.strip().toLowerCase(Locale.ROOT), "string"))
                        .toList()
                : List.of();
    }

    /** Returns each partition once. */
    List<CatalogPartition> partitions(List<ObjectVersion> objects) {
        Map<List<String>, CatalogPartition> all = new LinkedHashMap<>();
        objects.stream()
                .flatMap(object -> partition(object).stream())
                .forEach(partition -> all.putIfAbsent(partition.values(), partition));
        return List.copyOf(all.values());
    }

    private Optional<CatalogPartition> partition(ObjectVersion object) {
        String[] parts = rest(object).split("/", -1);
        List<String> folders = Stream.of(parts).limit(parts.length - 1L).toList();
        List<KeyValue> values;
        try {
            values = feed.keyValues(object.key());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (values.isEmpty() || folders.size() < values.size()) {
            return Optional.empty();
        }
        for (int i = 0; i < values.size(); i++) {
            if (!isIn(folders.get(i), values.get(i))) {
                return Optional.empty();
            }
        }
        List<String> used = folders.subList(0, values.size());
        return Optional.of(new CatalogPartition(
                used.stream().map(PublishedPlace::value).toList(), location() + String.join("/", used) + "/"));
    }

    private static boolean isIn(String name, KeyValue value) {
        int equals = name.indexOf('=');
        boolean isNamed = equals < 0
                || EscapedName.decode(name.substring(0, equals))
                        .strip()
                        .equalsIgnoreCase(value.name().strip());
        // NULL has a name of its own there.
        return isNamed && (value.value() == null || value(name).equals(value.value()));
    }

    private static String value(String folder) {
        int equals = folder.indexOf('=');
        return EscapedName.decode(folder.substring(equals + 1));
    }
}
