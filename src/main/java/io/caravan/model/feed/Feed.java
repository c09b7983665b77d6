package io.caravan.model.feed;

import static java.util.Objects.requireNonNull;

import io.caravan.model.table.TableName;
import java.util.List;

/**
 * One bucket and prefix that go into one target table, by one route.
 *
 * @param name the route's id
 * @param bucket bucket name, without {@code s3://}
 * @param prefix every key under it belongs to the feed; may be empty
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
 */
public record Feed(
        String name,
        String bucket,
        String prefix,
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
        ObjectPolicy objects) {

    public Feed {
        requireNonNull(name, "name");
        requireNonNull(bucket, "bucket");
        requireNonNull(prefix, "prefix");
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
        if (keys.isEmpty() && !merge.mode().allowsNoKeys()) {
            throw new IllegalArgumentException("a feed needs at least one matching key");
        }
    }

    /** Makes a feed that makes of objects what others do. */
    public Feed(
            String name,
            String bucket,
            String prefix,
            TableName target,
            List<String> keys,
            CsvFormat csv,
            Limits limits,
            MergePolicy merge,
            Provenance provenance,
            FeedSql sql,
            ColumnPolicy columns,
            SchemaPolicy schema,
            boolean stagesDirectly) {
        this(
                name,
                bucket,
                prefix,
                target,
                keys,
                csv,
                limits,
                merge,
                provenance,
                sql,
                columns,
                schema,
                stagesDirectly,
                ObjectPolicy.DEFAULT);
    }

    /** Makes a feed whose objects Caravan reads. */
    public Feed(
            String name,
            String bucket,
            String prefix,
            TableName target,
            List<String> keys,
            CsvFormat csv,
            Limits limits,
            MergePolicy merge,
            Provenance provenance,
            FeedSql sql,
            ColumnPolicy columns,
            SchemaPolicy schema) {
        this(name, bucket, prefix, target, keys, csv, limits, merge, provenance, sql, columns, schema, false);
    }

    /**
     * Returns the feed as it takes rejected rows again: as text, which has no charset any more; however many of them are
     * rejected again; and not as all that there is.
     */
    public Feed forReplay() {
        return new Feed(
                name,
                bucket,
                prefix,
                target,
                keys,
                csv.ofRecordsAlone(),
                limits.withAnyRejectedRows(),
                merge.forSomeRows(!keys.isEmpty()),
                provenance,
                sql,
                columns,
                schema,
                false,
                objects);
    }

    /** Returns where its objects come from and where their rows go. */
    public FeedPlace place() {
        return new FeedPlace(target, bucket, prefix);
    }

    /** Returns whether rows of this feed cannot be staged but by COPY. */
    public boolean needsCopy() {
        return stagesDirectly || merge.remembersRows();
    }

    /** Returns whether the object belongs to this feed. */
    public boolean covers(String objectBucket, String objectKey) {
        return bucket.equals(objectBucket) && objectKey.startsWith(prefix);
    }
}
