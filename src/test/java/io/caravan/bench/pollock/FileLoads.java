package io.caravan.bench.pollock;

import io.caravan.app.TestingCaravan;
import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.draft.DraftRequest;
import io.caravan.app.draft.Drafting;
import io.caravan.app.draft.FeedDraft;
import io.caravan.app.draft.SourcePlace;
import io.caravan.app.report.LoadReport;
import io.caravan.app.wiring.Wiring;
import io.caravan.base.CaravanException;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.Outcome;
import io.caravan.sandbox.Sandbox;
import io.caravan.sandbox.SandboxOptions;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files in a sandbox, loaded by feeds into tables of text or of types; all in this process. Files of one kind are objects of one
 * feed: a load of a thousand objects takes little longer than one of a single object.
 */
public final class FileLoads implements AutoCloseable {

    /** So many feeds share a Camel context. */
    private static final int FEEDS = 200;

    /** In it a row says which file it is of. */
    private static final String KEY = "key_of_the_file";

    /** In it a row says where it stands in its file: a table has no order of its own. */
    private static final String LINE = "line_of_the_file";

    private static final Set<String> OF_THE_FEED = Set.of("bucket", "prefix", "table");

    /**
     * What became of a file.
     *
     * @param problem why it was not loaded; null if it was, or if nothing was to be loaded
     * @param rejected how many of its rows were
     * @param columns of the table, in its order; empty if there is none
     * @param rows those of the file in the table; null for NULL
     */
    public record Loaded(
            boolean isLoaded,
            @Nullable String problem,
            long rejected,
            List<String> columns,
            List<List<@Nullable String>> rows) {}

    private final Path directory;
    private final @Nullable Sandbox sandbox;
    private final TestSandbox part;
    private final Wiring wiring;
    private final Map<String, byte[]> contents = new HashMap<>();
    private int batches;
    private int feeds;

    /**
     * Starts a sandbox.
     *
     * @param directory empty; the caller deletes it
     */
    public FileLoads(Path directory) {
        this(directory, Sandbox.start(new SandboxOptions(directory.resolve("sandbox"), 0, 0)));
    }

    private FileLoads(Path directory, Sandbox sandbox) {
        this(directory, sandbox, new TestSandbox(sandbox, 1));
    }

    /** Takes a sandbox of others, which stays open. */
    FileLoads(Path directory, TestSandbox part) {
        this(directory, null, part);
    }

    private FileLoads(Path directory, @Nullable Sandbox sandbox, TestSandbox part) {
        this.directory = directory;
        this.sandbox = sandbox;
        this.part = part;
        RouteDirectory routes = new RouteDirectory(directory.resolve("routes"));
        this.wiring = new Wiring(new TestingCaravan(part, routes).settings(StagedBy.INSERT));
    }

    /** Stores a file under a prefix of its own. */
    public void put(String name, byte[] content) {
        contents.put(name, content);
        part.put("drafts/" + name + "/file.csv", content);
    }

    /**
     * Drafts a feed for a file, as {@code feed new} does without being told anything.
     *
     * @param keys null for those that are found
     * @throws CaravanException if none can be made
     */
    public FeedDraft draft(String name, @Nullable String keys, boolean isText) {
        String source = "s3://" + part.bucket() + "/drafts/" + name + "/";
        SourcePlace place = SourcePlace.parse(source);
        List<ObjectVersion> objects = new ArrayList<>();
        wiring.objects().list(place.bucket(), place.prefix(), objects::add);
        return new Drafting(wiring.objects(), wiring.warehouse())
                .draft(new DraftRequest(source, "public.t", keys, isText, Map.of()), place, objects);
    }

    /**
     * Loads files.
     *
     * @param kinds which files, by their names, are written in the same way: with the same header, too
     * @param parameters those of each kind's feed; what names its objects and its table counts for nothing
     */
    public Map<String, Loaded> load(Map<String, List<String>> kinds, Map<String, Map<String, String>> parameters)
            throws SQLException {
        Map<String, Loaded> loaded = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(kinds.keySet());
        for (int from = 0; from < names.size(); from += FEEDS) {
            RouteDirectory routes = new RouteDirectory(directory.resolve("routes-" + batches++));
            Map<String, List<String>> files = new LinkedHashMap<>();
            for (String kind : names.subList(from, Math.min(names.size(), from + FEEDS))) {
                String feed = "feed_" + feeds++;
                files.put(feed, kinds.getOrDefault(kind, List.of()));
                files.getOrDefault(feed, List.of())
                        .forEach(file -> part.put(key(feed, file), contents.getOrDefault(file, new byte[0])));
                routes.feed(feed, parameters(feed, parameters.getOrDefault(kind, Map.of())));
            }
            loaded.putAll(load(routes, files));
        }
        return loaded;
    }

    private String[] parameters(String feed, Map<String, String> given) {
        List<String> parameters = new ArrayList<>(List.of(
                "bucket",
                part.bucket(),
                "prefix",
                feed + "/",
                "table",
                "public." + feed,
                "objectKeyColumn",
                KEY,
                "lineColumn",
                LINE));
        given.forEach((name, value) -> {
            if (!OF_THE_FEED.contains(name)) {
                parameters.add(name);
                parameters.add(value);
            }
        });
        return parameters.toArray(String[]::new);
    }

    private static String key(String feed, String file) {
        return feed + "/" + file + ".csv";
    }

    private Map<String, Loaded> load(RouteDirectory routes, Map<String, List<String>> files) throws SQLException {
        LoadReport report = new TestingCaravan(part, routes).report(StagedBy.INSERT);
        Map<String, String> problems = new HashMap<>();
        Map<String, LedgerEntry> entries = new HashMap<>();
        report.failures()
                .forEach(failure -> problems.put(
                        failure.feed(),
                        failure.reason().code() + ": " + failure.reason().getMessage()));
        report.loads().forEach(load -> load.objects()
                .forEach(entry -> entries.put(entry.object().key(), entry)));
        Map<String, Loaded> loaded = new LinkedHashMap<>();
        try (Connection connection = part.connection()) {
            for (Map.Entry<String, List<String>> feed : files.entrySet()) {
                Table table = Table.read(connection, feed.getKey());
                for (String file : feed.getValue()) {
                    String key = key(feed.getKey(), file);
                    LedgerEntry entry = entries.get(key);
                    loaded.put(
                            file,
                            new Loaded(
                                    entry != null && entry.outcome() == Outcome.LOADED,
                                    entry == null ? problems.get(feed.getKey()) : entry.error(),
                                    entry == null ? 0 : entry.counts().rejected(),
                                    table.columns,
                                    table.rows.getOrDefault(key, List.of())));
                }
            }
        }
        return loaded;
    }

    /**
     * A table as it is.
     *
     * @param columns without those that say where rows come from; empty if there is no such table
     * @param rows those of each object, by its key, in the order of its lines
     */
    private record Table(List<String> columns, Map<String, List<List<@Nullable String>>> rows) {

        static Table read(Connection connection, String name) throws SQLException {
            List<String> columns = new ArrayList<>();
            TestSandbox.query(
                            connection,
                            "SELECT column_name FROM svv_columns WHERE table_schema = 'public' AND table_name = '"
                                    + name + "' ORDER BY ordinal_position")
                    .forEach(row -> columns.add(String.valueOf(row.get(0))));
            Map<String, List<List<@Nullable String>>> rows = new HashMap<>();
            if (!columns.isEmpty()) {
                int key = columns.indexOf(KEY);
                int line = columns.indexOf(LINE);
                TestSandbox.query(connection, "SELECT * FROM public." + name + " ORDER BY " + LINE)
                        .forEach(row -> {
                            List<@Nullable String> own = new ArrayList<>();
                            for (int i = 0; i < row.size(); i++) {
                                if (i != key && i != line) {
                                    own.add(row.get(i));
                                }
                            }
                            rows.computeIfAbsent(String.valueOf(row.get(key)), of -> new ArrayList<>())
                                    .add(own);
                        });
                columns.removeAll(List.of(KEY, LINE));
            }
            return new Table(columns, rows);
        }
    }

    @Override
    public void close() {
        wiring.close();
        if (sandbox != null) {
            part.close();
            sandbox.close();
        }
    }
}
