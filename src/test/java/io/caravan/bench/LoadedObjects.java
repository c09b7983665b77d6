package io.caravan.bench;

import io.caravan.app.text.Table;
import io.caravan.app.text.Table.Column;
import io.caravan.model.table.TableName;
import io.caravan.redshift.RedshiftWarehouse;
import io.caravan.redshift.connection.ConnectionSettings;
import io.caravan.sandbox.Sandbox;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A pass over objects that are all loaded, over the bare ListObjectsV2 pages, and the heap that an object costs. Nobody loads
 * the objects: the ledger is filled by SQL.
 */
final class LoadedObjects implements Goal {

    private static final double GOAL = 1.1;
    private static final double GOAL_BYTES = 52;
    private static final long FULL_OBJECTS = 100_000;

    private static final String PREFIX = "loaded/";
    private static final String TARGET = "public.loaded";
    private static final String EMPTY_PREFIX = "nothing/";
    private static final String EMPTY_TARGET = "public.nothing";
    private static final String CONTENT = "id\n1\n";

    private final Scale scale;

    LoadedObjects(Scale scale) {
        this.scale = scale;
    }

    @Override
    public int number() {
        return 7;
    }

    @Override
    public String title() {
        return "a pass over objects that are all loaded over the bare listing";
    }

    @Override
    public List<Finding> measure(Bench bench, Report report) throws Exception {
        long objects = scale.of(FULL_OBJECTS);
        String etag = store(bench.s3(), objects);
        fillLedger(bench, objects, etag);
        List<String> told =
                new ChildJvm(bench).run(Passes.class, Bench.BUCKET, PREFIX, TARGET, EMPTY_PREFIX, EMPTY_TARGET);
        double bytes = Double.parseDouble(told.get(0));
        List<Pass> passes = new ArrayList<>();
        List<Pass> listings = new ArrayList<>();
        for (int i = 1; i < told.size(); i += 2) {
            passes.add(Pass.parse(told.get(i)));
            listings.add(Pass.parse(told.get(i + 1)));
        }
        if (listings.stream().anyMatch(listing -> listing.rows() != objects)) {
            throw new IllegalStateException("of " + objects + " objects, the store lists others: " + listings);
        }
        Pass pass = middle(passes);
        Pass listing = middle(listings);
        tell(report, objects, pass, listing);
        return List.of(
                Finding.atMost(GOAL, "wall", pass.wallNanos() / (double) listing.wallNanos()),
                new Finding("heap of an object", bytes, Finding.Bound.AT_MOST, GOAL_BYTES, " B"));
    }

    /** Returns the ETag of each of them. */
    private static String store(S3Client s3, long objects) {
        List<String> etags = LongStream.rangeClosed(1, objects)
                .parallel()
                .mapToObj(number -> s3.putObject(
                                put -> put.bucket(Bench.BUCKET).key(key(number)), RequestBody.fromString(CONTENT))
                        .eTag())
                .distinct()
                .toList();
        if (etags.size() != 1) {
            throw new IllegalStateException("the same content has several ETags: " + etags);
        }
        return etags.get(0).replace("\"", "");
    }

    private static String key(long number) {
        return String.format(Locale.ROOT, "%s%08d.csv", PREFIX, number);
    }

    /** Writes what loads of these objects would have written, after they were stored. */
    private static void fillLedger(Bench bench, long objects, String etag) throws SQLException {
        Sandbox sandbox = bench.sandbox();
        ConnectionSettings settings =
                new ConnectionSettings(sandbox.url(), sandbox.user(), sandbox.password(), 1, null);
        try (RedshiftWarehouse warehouse = new RedshiftWarehouse(settings, false)) {
            warehouse.prepareLedger(TableName.parse(TARGET));
            warehouse.prepareLedger(TableName.parse(EMPTY_TARGET));
        }
        bench.execute(
                """
                INSERT INTO caravan.objects_public_loaded (position, load_id, feed, target, bucket, object_key, etag,
                  size_bytes, last_modified, outcome, rows_read, rows_inserted, rows_updated, rows_unchanged, rows_deleted,
                  rows_stale, rows_superseded, rows_rejected, recorded_at)
                SELECT number, 'bench', 'loaded', '%s', '%s', '%s' || LPAD(number::text, 8, '0') || '.csv', '%s',
                  %d, now() AT TIME ZONE 'UTC', 'loaded', 1, 1, 0, 0, 0, 0, 0, 0, now() AT TIME ZONE 'UTC'
                FROM generate_series(1, %d) AS number"""
                        .formatted(TARGET, Bench.BUCKET, PREFIX, etag, CONTENT.length(), objects));
    }

    private static Pass middle(List<Pass> passes) {
        return passes.stream()
                .sorted(Comparator.comparingLong(Pass::wallNanos))
                .toList()
                .get(passes.size() / 2);
    }

    private static void tell(Report report, long objects, Pass pass, Pass listing) {
        report.say(String.format(Locale.ROOT, "%,d objects", objects));
        Table table = new Table(Column.text("way"), Column.number("wall ms"), Column.number("CPU ms of the process"));
        table.add("pass", pass.wallNanos() / 1_000_000, pass.cpuNanos() / 1_000_000);
        table.add("bare listing", listing.wallNanos() / 1_000_000, listing.cpuNanos() / 1_000_000);
        report.say(table);
    }
}
