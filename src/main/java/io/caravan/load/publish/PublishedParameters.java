package io.caravan.load.publish;

import io.caravan.model.ObjectVersion;
import io.caravan.model.catalog.CatalogTable;
import io.caravan.model.catalog.SerDe;
import io.caravan.model.feed.Feed;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a published table, with the names that crawlers use, and the owner of the table.
 *
 * @see <a href="https://docs.aws.amazon.com/glue/latest/dg/table-properties-crawler.html">Parameters set by crawlers</a>
 */
final class PublishedParameters {

    static final String FEED = "caravan.feed";
    static final String HEADER_LINES = "skip.header.line.count";

    private static final String LOAD = "caravan.load";
    private static final String LOOKED_UNTIL = "caravan.looked-until";
    private static final String CRAWLER = "UPDATED_BY_CRAWLER";

    /** Entries of the ledger may come with times before others that were there already: clocks differ. */
    private static final Duration OVERLAP = Duration.ofMinutes(15);

    private static final Map<String, String> COMPRESSION = Map.of("gz", "gzip", "bz2", "bzip2", "zst", "zstd");

    private PublishedParameters() {}

    /** Returns why a table is not this feed's to write; null if it is. */
    static @Nullable String owner(CatalogTable table, Feed feed) {
        if (table.parameters().containsKey(CRAWLER)) {
            return "it is the crawler's '" + table.parameters().get(CRAWLER) + "'";
        }
        @Nullable String owner = table.parameters().get(FEED);
        if (owner == null) {
            return "it has no parameter " + FEED + ", so somebody else has made it";
        }
        return owner.equals(feed.name()) ? null : "it is the feed's '" + owner + "'";
    }

    /** Returns from when on objects were not looked at for a table; the beginning of time if that is not known. */
    static Instant lookedUntil(CatalogTable table) {
        try {
            return Instant.parse(table.parameters().getOrDefault(LOOKED_UNTIL, ""))
                    .minus(OVERLAP);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    /**
     * Returns all parameters: what others have set stays.
     *
     * @param before those that the table has
     */
    static Map<String, String> of(
            Map<String, String> before, Feed feed, LoadedObjects loaded, SerDe serDe, long linesBefore) {
        Map<String, String> all = new HashMap<>(before);
        int count = loaded.objects().size();
        all.put("classification", "csv");
        all.put("typeOfData", "file");
        all.put("compressionType", compression(loaded));
        all.put("delimiter", Character.toString(feed.csv().delimiter()));
        all.put("columnsOrdered", "true");
        all.put("areColumnsQuoted", Boolean.toString(serDe.library().equals(SerDe.OPEN_CSV)));
        if (linesBefore > 0) {
            all.put(HEADER_LINES, Long.toString(linesBefore));
        } else {
            all.remove(HEADER_LINES);
        }
        all.put("objectCount", Integer.toString(count));
        all.put("recordCount", Long.toString(loaded.rows()));
        all.put("sizeKey", Long.toString(loaded.bytes()));
        all.put("averageRecordSize", Long.toString(loaded.rows() == 0 ? 0 : loaded.bytes() / loaded.rows()));
        all.put(FEED, feed.name());
        if (loaded.lastLoad() != null) {
            all.put(LOAD, loaded.lastLoad());
        }
        all.put(LOOKED_UNTIL, loaded.latest().toString());
        return all;
    }

    /** A table must say one: a crawler that finds none marks it as out of date. */
    private static String compression(LoadedObjects loaded) {
        Set<String> kinds = loaded.objects().stream()
                .map(ObjectVersion::key)
                .map(PublishedParameters::compression)
                .collect(Collectors.toSet());
        return kinds.size() == 1 ? kinds.iterator().next() : "none";
    }

    /** Readers go by the ending of the name. */
    static String compression(String key) {
        String ending = key.substring(key.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return COMPRESSION.getOrDefault(ending, "none");
    }
}
