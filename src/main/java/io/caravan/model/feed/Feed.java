package io.caravan.model.feed;

import static java.util.Objects.requireNonNull;

import io.caravan.model.ObjectVersion;
import io.caravan.model.key.KeyPart;
import io.caravan.model.key.KeyValue;
import io.caravan.model.key.KeyWish;
import io.caravan.model.table.TableName;
import java.util.List;

/**
 * One bucket and prefix, or several of its prefixes, that go into one target table, by one route.
 *
 * @param name the route's id
 * @param bucket bucket name, without {@code s3://}
 * @param prefixes every key under one of them belongs to the feed; at least one, and none the beginning of another; the only one
 *     may be empty
 * @param target the table that the rows go into
 * @param keys names of the matching keys' columns, in the user's spelling; empty only where the mode allows it
 * @param csv how the objects are written
 * @param limits where the feed draws its lines
 * @param merge how rows become changes of the target
 * @param provenance columns in which rows say where they came from
 * @param sql SQL of the feed's own
 * @param columns what the feed says about columns
 * @param schema whether the feed makes its target and changes its columns
 * @param stagesDirectly whether the warehouse reads objects by itself where that gives the same
 * @param objects what the feed makes of objects as a whole
 * @param access how its bucket is reached
 */
public record Feed(
        String name,
        String bucket,
        List<String> prefixes,
        TableName target,
        List<String> keys,
        CsvFormat csv,
        Limits limits,
        MergePolicy merge,
        Provenance provenance,
        FeedSql sql,
        ColumnPolicy columns,
        SchemaPolicy schema,
        boolean stagesDirectly,
        ObjectPolicy objects,
        StoreAccess access) {

    public Feed {
        requireNonNull(name, "name");
        requireNonNull(bucket, "bucket");
        prefixes = List.copyOf(prefixes);
        requireNonNull(target, "target");
        requireNonNull(csv, "csv");
        requireNonNull(limits, "limits");
        requireNonNull(columns, "columns");
        keys = List.copyOf(keys);
        requireNonNull(merge, "merge");
        requireNonNull(provenance, "provenance");
        requireNonNull(sql, "sql");
        requireNonNull(schema, "schema");
        requireNonNull(objects, "objects");
        requireNonNull(access, "access");
        if (keys.isEmpty() && !merge.mode().allowsNoKeys()) {
            throw new IllegalArgumentException("a feed needs at least one matching key");
        }
        if (prefixes.isEmpty()) {
            throw new IllegalArgumentException("a feed needs a prefix, an empty one at least");
        }
    }

    /**
     * Returns the feed as it takes rejected rows again: as text, which has no charset any more; however many of them are
     * rejected again; and not as all that there is.
     */
    public Feed forReplay() {
        return new Feed(
                name,
                bucket,
                prefixes,
                target,
                keys,
                csv.ofRecordsAlone(),
                limits.withAnyRejectedRows(),
                merge.forSomeRows(!keys.isEmpty()),
                provenance,
                sql,
                columns.forReplay(),
                schema,
                false,
                objects,
                access);
    }

    /** Returns the feed as if its target were made of its objects. */
    public Feed withDraftedTarget() {
        return new Feed(
                name,
                bucket,
                prefixes,
                target,
                keys,
                csv,
                limits,
                merge,
                provenance,
                sql,
                columns,
                new SchemaPolicy(
                        schema.evolves(),
                        schema.maxNewColumns(),
                        true,
                        schema.distKey(),
                        schema.sortKeys(),
                        schema.createsText()),
                false,
                objects,
                access);
    }

    /** Returns where its objects come from and where their rows go. */
    public FeedPlace place() {
        return new FeedPlace(target, bucket, prefixes);
    }

    /** Returns whether rows of this feed cannot be staged but by COPY. */
    public boolean needsCopy() {
        return stagesDirectly || merge.remembersRows();
    }

    /** Returns whether the object belongs to this feed. */
    public boolean covers(String objectBucket, String objectKey) {
        return bucket.equals(objectBucket) && prefixes.stream().anyMatch(objectKey::startsWith);
    }

    /**
     * Returns whether objects may be this feed's whose keys begin so.
     *
     * @param beginning the part of the keys that is known
     */
    public boolean mayTakeBehind(String objectBucket, String beginning) {
        return bucket.equals(objectBucket)
                && prefixes.stream()
                        .filter(prefix -> beginning.startsWith(prefix) || prefix.startsWith(beginning))
                        .map(prefix -> beginning.startsWith(prefix) ? beginning : prefix)
                        .anyMatch(known -> objects.wanted().mayWantBehind(part(known))
                                && objects.wanted().of(part(known + "x")) != KeyWish.NO_DATA);
    }

    /** Returns what the feed makes of an object under one of its prefixes. */
    public KeyWish wish(ObjectVersion object) {
        return objects.isMarker(object.key())
                ? KeyWish.UNWANTED
                : objects.wanted().of(object, part(object.key()));
    }

    /** Returns what it makes of an object of which only the key is known. */
    public KeyWish wish(String key) {
        return objects.isMarker(key) ? KeyWish.UNWANTED : objects.wanted().of(part(key));
    }

    /**
     * Returns the values that a key has for the rows of its object.
     *
     * @throws IllegalArgumentException saying which of them it lacks, or what is wrong with it
     */
    public List<KeyValue> keyValues(String key) {
        return objects.keyColumns().of(part(key));
    }

    /** Returns a key with the place where the feed's prefix ends. */
    public KeyPart part(String key) {
        return new KeyPart(
                key,
                prefixes.stream()
                        .filter(key::startsWith)
                        .mapToInt(String::length)
                        .findFirst()
                        .orElse(0));
    }
}
