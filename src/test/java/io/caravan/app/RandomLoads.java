package io.caravan.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.camel.CamelRoutes;
import io.caravan.app.camel.Feeds;
import io.caravan.app.settings.Settings;
import io.caravan.app.wiring.Wiring;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.load.preview.FeedPreview;
import io.caravan.load.preview.PreviewWish;
import io.caravan.load.verify.TableVerification;
import io.caravan.load.verify.VerifyVerdict;
import io.caravan.model.feed.Mode;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.TableName;
import io.caravan.model.verify.TableDifferences;
import io.caravan.sandbox.fault.Fault;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ProcessDeaths;
import io.caravan.spi.verify.VerifySession;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.TestSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One or two random feeds of a table with a database and a bucket of its own, two services, and what befalls them. */
final class RandomLoads implements AutoCloseable {

    /** Parts of statements of a load, and of none that {@link FollowedLedger} asks. */
    private static final List<String> STATEMENTS = List.of(
            "pg_attribute",
            "CREATE SCHEMA",
            "CREATE OR REPLACE VIEW",
            "SELECT position",
            "CREATE TEMP TABLE caravan_rows",
            "INTO caravan_rows",
            "INTO caravan_rejected",
            "COPY caravan_rows",
            "caravan_superseded",
            "LOCK TABLE",
            "caravan_changes",
            "MERGE INTO",
            "INTO \"public\"",
            "DELETE FROM",
            "INTO caravan.\"objects",
            "INTO caravan.loads");

    /**
     * A row that COPY refuses would be a rejected row, whatever the model says of it; and what a role may not read stops the
     * feed.
     */
    private static final List<Fault.Kind> FAULTS =
            List.copyOf(EnumSet.complementOf(EnumSet.of(Fault.Kind.COPY_ERROR, Fault.Kind.COPY_DENIED)));

    /** What a process of Caravan's has. */
    private record Service(Wiring wiring, CamelRoutes routes) implements AutoCloseable {

        static Service start(Settings settings, LoadListener listener) {
            Wiring wiring = new Wiring(settings);
            CamelRoutes routes = wiring.routes(Feeds.read(settings), listener, false);
            routes.start();
            return new Service(wiring, routes);
        }

        @Override
        public void close() {
            routes.close();
            wiring.close();
        }
    }

    private final TestSandbox sandbox;
    private final Connection connection;
    private final TestingCaravan caravan;
    private final Map<StagedBy, Service> services = new EnumMap<>(StagedBy.class);
    private final Random random;
    private final List<RandomFeed> feeds;

    /** Of the feeds, in their order. */
    private final List<String> names;

    private final FollowedLedger ledger;
    private final RouteDirectory routes;
    private final List<String> story = new CopyOnWriteArrayList<>();
    private final List<LoadRecord> unexplained = new CopyOnWriteArrayList<>();
    private final List<LoadRecord> finished = new CopyOnWriteArrayList<>();
    private int faults;
    private int previews;
    private final boolean isPreviewed;
    private final Mode mode;
    private final Path directory;

    /**
     * Prepares loads in a database of their own.
     *
     * @param purpose tells them from others of the same mode and seed
     * @param isPreviewed whether no interruption disturbs them, each pass is previewed before, and the table is compared with
     *     its objects at the end; then all its rows come from objects, unless the mode only updates rows
     */
    RandomLoads(TestSandbox whole, Path directory, String purpose, Mode mode, long seed, boolean isPreviewed)
            throws SQLException {
        this.mode = mode;
        this.isPreviewed = isPreviewed;
        this.directory = directory;
        this.sandbox =
                whole.part(purpose + "-" + mode.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + seed);
        // Near seeds of java.util.Random begin alike.
        this.random = new Random(seed * 1_000_003 + mode.name().hashCode());
        this.feeds = RandomFeed.of(mode, random);
        story.add("Seed " + seed);
        feeds.forEach(feed -> story.add(feed.toString()));
        this.names = new ArrayList<>(List.of("f", "g").subList(0, feeds.size()));
        RandomFeed feed = feeds.get(0);
        ModelTable model = new ModelTable(feed);
        sandbox.execute(feed.tableSql(FollowedLedger.TABLE));
        for (Map<String, String> row :
                isPreviewed && mode.insertsOthers() ? List.<Map<String, String>>of() : feed.firstRows()) {
            sandbox.execute("INSERT INTO " + FollowedLedger.TABLE + " (" + String.join(", ", row.keySet())
                    + ") VALUES ('" + String.join("', '", row.values()) + "')");
            model.add(row);
        }
        this.connection = sandbox.connection();
        this.ledger = new FollowedLedger(connection, feeds, model, story::add);
        this.routes = new RouteDirectory(directory);
        writeFeeds();
        this.caravan = new TestingCaravan(sandbox, routes);
    }

    /** Puts and loads objects a number of times; a failure tells all that happened before it. */
    void run(int times) {
        try {
            for (int i = 0; i < times; i++) {
                putObjects();
                rename();
                disturb();
                loadAll();
            }
            loadAll();
            ledger.promisesHold();
            if (isPreviewed) {
                verify();
            }
            assertThat(caravan.dataFilesLeft()).isEmpty();
        } catch (Exception | AssertionError e) {
            throw new AssertionError(String.join("\n", story) + "\n" + e.getMessage(), e);
        }
    }

    /** Puts and loads objects likewise, without interruptions, and previews each pass before. Returns how many loads were previewed. */
    int runPreviewed(int times) {
        run(times);
        return previews;
    }

    /** The table is what its objects say, as long as the versions of the objects are still to be had. */
    private void verify() throws Exception {
        EarlierVersions versions =
                new EarlierVersions(directory, version -> ledger.content(version.key(), version.etag()));
        Settings settings = caravan.settings(anyOf(List.of(StagedBy.values())));
        WorldState before = WorldState.of(sandbox);
        try (Wiring wiring = new Wiring(settings, 1, ProcessDeaths.NONE, versions);
                CamelRoutes routes = wiring.routes(Feeds.read(settings), LoadListener.NONE, false);
                VerifySession session = wiring.verification(TableName.parse(FollowedLedger.TABLE))) {
            routes.start();
            TableVerification result =
                    routes.verify(names.get(0), session, wiring.deadLetters(), null, LoadListener.NONE);
            assertThat(result.verdict()).as("%s", result).isIn(verdicts());
            TableDifferences differences = requireNonNull(result.differences());
            assertThat(result.verdict() == VerifyVerdict.UNKNOWN ? 0 : differences.different() + differences.missing())
                    .as("%s", result)
                    .isZero();
        }
        assertThat(WorldState.of(sandbox)).isEqualTo(before);
    }

    /** Of rows that no object has inserted nobody knows any more whether they were newer than those of an object. */
    private Set<VerifyVerdict> verdicts() {
        if (mode.insertsOthers()) {
            return Set.of(VerifyVerdict.EQUAL);
        }
        return feeds.stream().anyMatch(RandomFeed::sequenced)
                ? Set.of(VerifyVerdict.EQUAL, VerifyVerdict.DIFFERENT, VerifyVerdict.UNKNOWN)
                : Set.of(VerifyVerdict.EQUAL, VerifyVerdict.DIFFERENT);
    }

    private void putObjects() {
        for (int i = random.nextInt(5); i > 0; i--) {
            RandomFeed feed = anyOf(feeds);
            RandomObject fresh = RandomObject.of(feed.objectKey(random), feed, random);
            List<RandomObject> earlier = ledger.versions(fresh.key());
            RandomObject object = earlier.isEmpty() || random.nextInt(4) > 0 ? fresh : anyOf(earlier);
            put(object);
            repeat();
        }
    }

    private void put(RandomObject object) {
        // Another ETag for bytes that may have been there before.
        boolean inParts = random.nextInt(4) == 0;
        story.add((inParts ? "put in parts " : "put ") + object);
        ledger.put(
                object,
                inParts
                        ? sandbox.putInParts(object.key(), object.content())
                        : sandbox.put(object.key(), object.content()));
    }

    /** Now and then puts what was put before under another key, or where it is. */
    private void repeat() {
        if (random.nextInt(4) == 0) {
            RandomObject again = anyOf(ledger.versions());
            put(random.nextBoolean() ? again : again.under(anyOf(feeds).objectKey(random)));
        }
    }

    private <T> T anyOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Now and then gives a feed another name, or each that of the other one. */
    private void rename() throws IOException {
        if (random.nextInt(6) == 0) {
            services.values().forEach(Service::close);
            services.clear();
            for (String name : names) {
                Files.delete(routes.path().resolve(name + ".camel.yaml"));
            }
            if (random.nextInt(3) == 0) {
                Collections.reverse(names);
            } else {
                int one = random.nextInt(feeds.size());
                names.set(one, names.get(one) + "x");
            }
            story.add("names are " + names);
            writeFeeds();
        }
    }

    private void writeFeeds() {
        for (int i = 0; i < feeds.size(); i++) {
            List<String> parameters =
                    new ArrayList<>(List.of("bucket", sandbox.bucket(), "table", FollowedLedger.TABLE));
            parameters.addAll(feeds.get(i).parameters());
            routes.feed(names.get(i), parameters.toArray(String[]::new));
        }
    }

    private void disturb() {
        if (isPreviewed) {
            return;
        }
        for (int i = random.nextInt(6) - 2; i > 0; i--) {
            Fault.Kind kind = anyOf(FAULTS);
            String part = kind == Fault.Kind.DROP_IN_COPY ? "" : anyOf(STATEMENTS);
            story.add("fault " + kind + " " + part);
            sandbox.failNext(Fault.of(kind, part));
            faults++;
        }
    }

    /**
     * Lets one feed or the other pass in one service or the other until all is loaded.
     *
     * <p>A service looks into the ledger only when it sees something new. What is again as this service once loaded it,
     * after the other one loaded what it was meanwhile, it takes for done until then, or until it starts again.
     */
    private void loadAll() throws Exception {
        List<String> pending = pending();
        List<String> returned = pending.stream().filter(ledger::hasSeen).toList();
        List<String> done = new ArrayList<>();
        do {
            RandomFeed feed = anyOf(feeds);
            StagedBy stagedBy = anyOf(List.of(StagedBy.values()));
            boolean failed = !pass(feed, stagedBy);
            assertThat(unexplained).as("failures that no fault explains").isEmpty();
            List<String> followed = ledger.follow();
            assertThat(followed).as("objects of the feed").allMatch(feed::covers);
            done.addAll(followed);
            List<String> due = pending.stream().filter(feed::covers).toList();
            if (!feed.mode().isSnapshot()) {
                assertOrder(
                        due.stream()
                                .filter(version -> !returned.contains(version))
                                .toList(),
                        done);
            }
            boolean all = failed || due.stream().allMatch(version -> done.contains(version) || ledger.hasSeen(version));
            assertThat(all).as("all that was new is loaded").isTrue();
            if (failed ? random.nextBoolean() : !done.containsAll(due)) {
                story.add("restart " + stagedBy);
                requireNonNull(services.remove(stagedBy)).close();
            }
        } while (done.size() < pending.size());
        assertThat(done).containsExactlyInAnyOrderElementsOf(pending);
    }

    private void assertOrder(List<String> pending, List<String> done) {
        List<String> expected =
                pending.stream().filter(version -> !ledger.wasSetAside(version)).toList();
        List<String> actual = done.stream().filter(expected::contains).toList();
        assertThat(actual).as("the order").isEqualTo(expected.subList(0, actual.size()));
    }

    /** Returns whether the pass went through; a fault costs one pass at most. */
    private boolean pass(RandomFeed feed, StagedBy stagedBy) {
        String name = names.get(feeds.indexOf(feed));
        story.add("pass " + name + " " + stagedBy);
        Service service = services.computeIfAbsent(stagedBy, by -> Service.start(caravan.settings(by), new Listener()));
        try {
            if (isPreviewed) {
                passPreviewed(service, name);
            } else {
                service.routes().pass(name);
            }
            return true;
        } catch (Exception e) {
            story.add("  failed: " + e.getMessage());
            assertThat(e).isInstanceOf(RetryableException.class);
            assertThat(faults--).as("faults").isPositive();
            return false;
        }
    }

    /** What preview says is what the next load does, and after it all is what it was. */
    private void passPreviewed(Service service, String name) throws SQLException {
        WorldState before = WorldState.of(sandbox);
        FeedPreview preview = service.routes().preview(name, PreviewWish.ofNew(3));
        story.add("  preview: " + preview);
        assertThat(preview.failure()).isNull();
        assertThat(WorldState.of(sandbox)).isEqualTo(before);
        finished.clear();
        service.routes().pass(name);
        List<LoadRecord> first = finished.isEmpty() ? List.of() : List.of(finished.get(0));
        assertThat(preview.loads().stream()
                        .limit(1)
                        .flatMap(load -> load.load().objects().stream())
                        .toList())
                .as("what the next load does")
                .isEqualTo(
                        first.stream().flatMap(load -> load.objects().stream()).toList());
        preview.loads().stream().limit(1).forEach(PreviewedRowsCheck::check);
        previews += first.size();
    }

    /** Returns what is new in S3, each feed's in its order: a key and an ETag each. */
    private List<String> pending() {
        return feeds.stream().flatMap(this::pending).toList();
    }

    private Stream<String> pending(RandomFeed feed) {
        return sandbox.s3().listObjectsV2(list -> list.bucket(sandbox.bucket())).contents().stream()
                .sorted(
                        feed.byKey()
                                ? Comparator.comparing(S3Object::key)
                                : Comparator.comparing(S3Object::lastModified).thenComparing(S3Object::key))
                .filter(object -> feed.covers(object.key()) && ledger.isNew(object.key(), etag(object)))
                .map(object -> object.key() + " " + etag(object));
    }

    private static String etag(S3Object object) {
        return object.eTag().replace("\"", "");
    }

    private final class Listener implements LoadListener {

        @Override
        public void loadFinished(LoadRecord load) {
            finished.add(load);
            if (load.outcome() == Outcome.FAILED) {
                story.add("  try: " + load.error());
            }
            if (load.errorCode() == ErrorCode.UNEXPECTED || load.errorCode() == ErrorCode.COUNTS_DO_NOT_ADD_UP) {
                unexplained.add(load);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        services.values().forEach(Service::close);
        connection.close();
        sandbox.close();
    }
}
