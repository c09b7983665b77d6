package io.caravan.load.publish;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RejectedObjectException;
import io.caravan.base.RetryableException;
import io.caravan.csv.serde.ObjectView;
import io.caravan.csv.serde.ReaderView;
import io.caravan.load.publish.PublishReport.Change;
import io.caravan.load.target.FeedTarget;
import io.caravan.model.ObjectVersion;
import io.caravan.model.catalog.CatalogColumn;
import io.caravan.model.catalog.CatalogName;
import io.caravan.model.catalog.CatalogPartition;
import io.caravan.model.catalog.CatalogTable;
import io.caravan.model.catalog.SerDe;
import io.caravan.model.feed.Feed;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.Ledger;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectStores;
import io.caravan.spi.Warehouse;
import io.caravan.spi.catalog.DataCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Updates tables of a Data Catalog to match the loaded objects of feeds: columns, types and SerDe by which others read the
 * same values, location, partitions and counts. It reads the objects loaded since its last run, completely. A run can be
 * repeated, and several processes may run it: the catalog accepts one of two writers, and the other reads the table again.
 * Safe for use by several threads.
 */
public final class CatalogPublisher {

    private static final String INPUT_FORMAT = "org.apache.hadoop.mapred.TextInputFormat";
    private static final int TRIES = 4;

    private final DataCatalog catalog;
    private final ObjectStores stores;
    private final Warehouse warehouse;
    private final Ledger ledger;

    public CatalogPublisher(DataCatalog catalog, ObjectStores stores, Warehouse warehouse, Ledger ledger) {
        this.catalog = catalog;
        this.stores = stores;
        this.warehouse = warehouse;
        this.ledger = ledger;
    }

    /**
     * Writes the table of a feed, if the table belongs to this feed or does not exist yet.
     *
     * @param all all feeds, which tell whose the objects are
     * @param fromTheBeginning whether objects are read again that were read before
     * @param isDryRun whether only to report the changes
     * @return the report; empty if no loaded object of the feed still exists
     * @throws InvalidConfigurationException if the table belongs to somebody else, or cannot be written
     * @throws RetryableException if that cannot be done now
     */
    public Optional<PublishReport> publish(
            Feed feed, List<Feed> all, CatalogName name, boolean fromTheBeginning, boolean isDryRun) {
        for (int tries = 1; ; tries++) {
            try {
                return attempt(feed, all, name, fromTheBeginning, isDryRun);
            } catch (RetryableException e) {
                // Somebody was faster; or what the catalog has carried out was not heard of, and is there now.
                if (e.code() != ErrorCode.CATALOG_CONFLICT || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private Optional<PublishReport> attempt(
            Feed feed, List<Feed> all, CatalogName name, boolean fromTheBeginning, boolean isDryRun) {
        PublishedPlace place = new PublishedPlace(feed);
        @Nullable CatalogTable before = catalog.find(name).orElse(null);
        requireOurs(feed, name, before);
        LoadedObjects loaded = LoadedObjects.of(feed, all, ledger, stores.of(feed));
        if (loaded.objects().isEmpty()) {
            return Optional.empty();
        }
        boolean goesOn = before != null && !fromTheBeginning && isOfSameFormat(before, feed);
        boolean needsQuotes =
                before != null && goesOn && before.serDe().library().equals(SerDe.OPEN_CSV);
        ReaderView view = new ReaderView(feed.csv(), needsQuotes);
        PublishedColumns columns = new PublishedColumns(feed, view, before, goesOn);
        Instant since = before != null && goesOn ? PublishedParameters.lookedUntil(before) : Instant.EPOCH;
        read(feed, loaded, since, view, columns);
        List<CatalogColumn> keys = before == null ? place.partitionKeys(loaded.objects()) : before.partitionKeys();
        warn(feed, place, loaded, keys.size(), view);
        if (keys.isEmpty() && !feed.objects().keyColumns().isEmpty()) {
            view.warn("values of keys are no columns of the table, since they are not in folders of its location");
        }
        SerDe serDe = view.serDe();
        long linesBefore = before != null && goesOn && !hasRead(loaded, since)
                ? Long.parseLong(before.parameters().getOrDefault(PublishedParameters.HEADER_LINES, "0"))
                : view.linesBefore();
        CatalogTable after = new CatalogTable(
                name,
                before == null ? null : before.version(),
                place.location(),
                INPUT_FORMAT,
                serDe,
                columns.columns(),
                keys,
                PublishedParameters.of(
                        before == null ? Map.of() : before.parameters(), feed, loaded, serDe, linesBefore),
                null);
        return Optional.of(write(feed, before, after, place, loaded, view, isDryRun));
    }

    private static boolean hasRead(LoadedObjects loaded, Instant since) {
        return loaded.loadedAt().values().stream().anyMatch(at -> !at.isBefore(since));
    }

    private static void requireOurs(Feed feed, CatalogName name, @Nullable CatalogTable before) {
        if (before == null) {
            return;
        }
        @Nullable
        String owner =
                before.otherKind() != null ? "it is " + before.otherKind() : PublishedParameters.owner(before, feed);
        if (owner != null) {
            throw new InvalidConfigurationException(
                    ErrorCode.CATALOG_TABLE_UNSUITABLE,
                    "the catalog table " + name + " is not feed " + feed.name() + "'s to write: " + owner
                            + "; name another table, or drop this one");
        }
    }

    /** Otherwise what was found out before holds no more. */
    private static boolean isOfSameFormat(CatalogTable before, Feed feed) {
        SerDe now = new ReaderView(feed.csv(), before.serDe().library().equals(SerDe.OPEN_CSV)).serDe();
        return now.parameters().entrySet().stream()
                .allMatch(parameter ->
                        parameter.getValue().equals(before.serDe().parameters().get(parameter.getKey())));
    }

    private void read(Feed feed, LoadedObjects loaded, Instant since, ReaderView view, PublishedColumns columns) {
        TargetTable table = warehouse.describe(feed.target());
        FeedTarget target = new FeedTarget(feed, table);
        for (ObjectVersion object : loaded.objects()) {
            if (loaded.loadedAt().getOrDefault(object.key(), Instant.MAX).isBefore(since)) {
                continue;
            }
            try {
                Optional<ObjectBody> opened = stores.of(feed).open(object);
                if (opened.isEmpty()) {
                    // Another version of it is there, and will be loaded.
                    continue;
                }
                try (ObjectBody body = opened.get()) {
                    if (body.isCompressed()
                            == PublishedParameters.compression(object.key()).equals("none")) {
                        view.warn(object.uri() + " is " + (body.isCompressed() ? "" : "not ")
                                + "compressed, and its name does not say so: readers go by the name");
                    }
                    ObjectView.read(
                            body.content(),
                            object.uri(),
                            feed,
                            target.columnPlan(object),
                            view,
                            fields -> columns.accept(fields, object.uri()));
                }
            } catch (RejectedObjectException e) {
                view.warn(object.uri() + " does not fit the feed as it is now: " + e.getMessage());
            }
        }
    }

    private static void warn(
            Feed feed, PublishedPlace place, LoadedObjects loaded, int partitionFolders, ReaderView view) {
        List<ObjectVersion> hidden = loaded.objects().stream()
                .filter(object -> place.isHidden(object, partitionFolders))
                .toList();
        if (!hidden.isEmpty()) {
            view.warn(hidden.size() + (hidden.size() == 1 ? " object" : " objects")
                    + " that are loaded are hidden from readers, by names that begin with _ or ., such as "
                    + hidden.get(0).uri());
        }
        if (loaded.others() > 0) {
            view.warn(loaded.others() + (loaded.others() == 1 ? " object" : " objects")
                    + " under the prefix that readers see are not loaded, such as " + loaded.firstOther());
        }
        if (place.isWider()) {
            view.warn("readers see all that is in " + place.location() + ", and not only what begins with the prefix '"
                    + feed.prefixes().get(0) + "'");
        }
    }

    private PublishReport write(
            Feed feed,
            @Nullable CatalogTable before,
            CatalogTable after,
            PublishedPlace place,
            LoadedObjects loaded,
            ReaderView view,
            boolean isDryRun) {
        Change change = change(before, after);
        if (!isDryRun) {
            if (before == null) {
                catalog.requireDatabase(after.name().database());
                catalog.create(after);
            } else if (change != Change.NONE) {
                catalog.update(after, change == Change.SHAPE_CHANGED);
            }
        }
        List<CatalogPartition> wanted =
                after.partitionKeys().isEmpty() ? List.of() : place.partitions(loaded.objects());
        List<CatalogPartition> missing = new ArrayList<>(wanted);
        if (before != null && !wanted.isEmpty()) {
            List<CatalogPartition> there = catalog.partitions(after.name(), Integer.MAX_VALUE);
            Set<List<String>> known = new HashSet<>();
            there.forEach(partition -> known.add(partition.values()));
            missing.removeIf(partition -> known.contains(partition.values()));
            if (!isDryRun && change == Change.SHAPE_CHANGED) {
                // Each has columns of its own, which would not be those of the table.
                catalog.update(after, there);
            }
        }
        if (!isDryRun && !missing.isEmpty()) {
            catalog.add(after, missing);
        }
        return new PublishReport(feed.name(), change, after, missing.size(), view.warnings());
    }

    private static Change change(@Nullable CatalogTable before, CatalogTable after) {
        if (before == null) {
            return Change.CREATED;
        }
        boolean isSameShape = before.columns().equals(after.columns())
                && before.serDe().equals(after.serDe())
                && before.location().equals(after.location())
                && before.inputFormat().equals(after.inputFormat())
                && before.parameters()
                        .getOrDefault(PublishedParameters.HEADER_LINES, "0")
                        .equals(after.parameters().getOrDefault(PublishedParameters.HEADER_LINES, "0"));
        if (!isSameShape) {
            return Change.SHAPE_CHANGED;
        }
        return before.parameters().equals(after.parameters()) ? Change.NONE : Change.COUNTS_CHANGED;
    }
}
