package io.caravan.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.HostileArchives;
import io.caravan.testing.HostileInputs;
import io.caravan.testing.HostileInputs.Kind;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.S3Messages;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.TestingQueues;
import io.caravan.testing.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.EncodingType;

/** The service with a small heap and feeds that strangers write to, in all kinds of ways; what is good beside that loads. */
final class HostileService implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Health and metrics: .* on port (\\d+) of ");
    private static final List<String> FEEDS = List.of(
            "hostile_keys",
            "hostile_headers",
            "hostile_evolving",
            "hostile_texts",
            "hostile_types",
            "hostile_archives");
    private static final List<String> TYPES = List.of("i", "n", "t", "b");
    private static final int GOOD = 1_000_000;
    private static final int ROWS = 300;

    /** Keys that say that there is no data behind them: they are left alone. */
    private static final Pattern NO_DATA = Pattern.compile(
            "(.*/)?([_.][^/]*|[_.][^/=]*/.*|manifest|[^/]*(_\\$folder\\$|\\.crc|\\.metadata|_manifest))",
            Pattern.DOTALL);

    private final TestSandbox sandbox;
    private final Path directory;
    private final HostileInputs inputs;
    private final List<byte[]> archives;
    private final List<String> values;
    private final TestingQueues queues = new TestingQueues();
    private final HttpClient http = HttpClient.newHttpClient();
    private final RouteDirectory routes;
    private final TestingCaravan caravan;
    private final String queue;
    private final Map<Kind, Integer> tried = new EnumMap<>(Kind.class);
    private final Map<String, Integer> stored = new HashMap<>();
    private @Nullable CaravanProcess process;
    private int port;

    HostileService(TestSandbox sandbox, Path directory, long seed) throws Exception {
        this.sandbox = sandbox;
        this.directory = directory;
        this.inputs = new HostileInputs(seed);
        StringBuilder plain = new StringBuilder("id,name\n");
        IntStream.range(0, ROWS)
                .forEach(i -> plain.append(i).append(",name ").append(i * 7919).append('\n'));
        this.archives = new HostileArchives(seed, plain.toString()).all();
        this.values = inputs.values();
        this.queue = queues.create("hostile");
        this.routes = new RouteDirectory(directory.resolve("hostile"));
        this.caravan = new TestingCaravan(sandbox, routes);
        // Feeds are all that is taken, and their template is part of the program.
        Files.delete(routes.path().resolve("s3-csv-to-redshift.camel.yaml"));
        sandbox.execute(
                "CREATE TABLE public.hostile_keys (id INTEGER NOT NULL, name VARCHAR(100))",
                "CREATE TABLE public.hostile_headers (id INTEGER NOT NULL, name VARCHAR(100))",
                "CREATE TABLE public.hostile_evolving (id INTEGER NOT NULL, name VARCHAR(100))",
                "CREATE TABLE public.hostile_texts (id INTEGER NOT NULL, v VARCHAR(65535))",
                "CREATE TABLE public.hostile_types (id INTEGER NOT NULL, v VARCHAR(10), i INTEGER, n DECIMAL(10,2),"
                        + " t TIMESTAMP, b BOOLEAN)",
                "CREATE TABLE public.hostile_archives (id INTEGER NOT NULL, name VARCHAR(100))",
                "CREATE TABLE public.hostile_queued (id INTEGER NOT NULL, name VARCHAR(100))");
        feed("hostile_keys", "pollDelay", "200");
        feed("hostile_headers", "schema", "ignore");
        feed("hostile_evolving", "schema", "evolve");
        feed("hostile_texts");
        feed("hostile_types");
        feed("hostile_archives", "maxDecompressedBytes", "5000000");
        feed("hostile_queued", "queue", queue);
    }

    private void feed(String name, String... parameters) {
        routes.ownFeed(name, sandbox.bucket(), "id", parameters);
    }

    /** Stores all hostile objects, and a good one beside them under each prefix. */
    void storeObjects() {
        List<String> keys = inputs.objectKeys();
        // Side by side: those that are refused are tried again for a while.
        IntStream.range(0, keys.size())
                .parallel()
                .forEach(i -> put(prefix("hostile_keys") + keys.get(i), "id,name\n" + i + ",good\n"));
        // Some are one to the sandbox's files.
        stored.put("hostile_keys", (int) sandbox
                .s3()
                .listObjectsV2Paginator(list -> list.bucket(sandbox.bucket())
                        .prefix(prefix("hostile_keys"))
                        .encodingType(EncodingType.URL))
                .contents()
                .stream()
                .map(object -> object.key().substring(prefix("hostile_keys").length()))
                .filter(key -> !NO_DATA.matcher(key).matches())
                .count());
        tried.put(Kind.OBJECT_KEYS, keys.size());
        assertThat(count("hostile_keys")).as("keys that the sandbox's S3 takes").isGreaterThan(keys.size() / 2);
        List<String> headers = inputs.headers();
        for (int i = 0; i < headers.size(); i++) {
            sandbox.put(
                    prefix(evolves(i) ? "hostile_evolving" : "hostile_headers") + i + ".csv",
                    "id," + headers.get(i) + "\n" + i + ",x\n");
        }
        int evolving = (int) IntStream.range(0, headers.size())
                .filter(HostileService::evolves)
                .count();
        stored.put("hostile_headers", headers.size() - evolving);
        stored.put("hostile_evolving", evolving);
        tried.put(Kind.HEADERS, headers.size());
        for (int i = 0; i < values.size(); i++) {
            String value = HostileInputs.quoted(values.get(i));
            sandbox.put(
                    prefix("hostile_texts") + i + ".csv",
                    "id,v\n" + 2 * i + ",good\n" + (2 * i + 1) + "," + value + "\n");
            sandbox.put(
                    prefix("hostile_types") + i + ".csv",
                    "id,v," + String.join(",", TYPES) + "\n" + 2 * i + ",good,,,,\n" + (2 * i + 1) + ",,"
                            + typed(i, value) + "\n");
        }
        stored.put("hostile_texts", values.size());
        stored.put("hostile_types", values.size());
        tried.put(Kind.VALUES, values.size());
        for (int i = 0; i < archives.size(); i++) {
            sandbox.put(prefix("hostile_archives") + i, archives.get(i));
        }
        stored.put("hostile_archives", archives.size());
        tried.put(Kind.ARCHIVES, archives.size());
        for (String feed : FEEDS) {
            sandbox.put(
                    prefix(feed) + "zz-good.csv",
                    "id," + (feed.matches(".*_te?[xy].*") ? "v" : "name") + "\n" + GOOD + ",good\n");
        }
    }

    /** Returns fields for the columns of types, of which one has the value. */
    private static String typed(int i, String value) {
        return IntStream.range(0, TYPES.size())
                .mapToObj(type -> type == i % TYPES.size() ? value : "")
                .collect(joining(","));
    }

    /** Each new column is a load of its own. */
    private static boolean evolves(int header) {
        return header % 12 == 1;
    }

    private void put(String key, String content) {
        try {
            sandbox.put(key, content);
        } catch (SdkException e) {
            // Real S3 takes all of them, the sandbox's files do not.
        }
    }

    private static String prefix(String feed) {
        return feed + "/";
    }

    private int count(String feed) {
        return stored.getOrDefault(feed, 0);
    }

    /** Starts the service, and waits until it has been through all that is stored. */
    void start() throws Exception {
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.putAll(queues.environment());
        environment.put("CARAVAN_ROUTES_DIRECTORY", routes.path().toString());
        environment.put("CARAVAN_ROUTES_ONLY_FEEDS", "true");
        environment.put("CARAVAN_ROUTES_RELOAD_INTERVAL", "0.2s");
        environment.put("CARAVAN_WAREHOUSE_POOL_SIZE", "8");
        CaravanProcess started = CaravanProcess.start(directory, environment, List.of("-Xmx160m"), "run");
        process = started;
        Waiting.until("the port is logged", () -> PORT.matcher(started.stderr()).find());
        Matcher logged = PORT.matcher(started.stderr());
        assertThat(logged.find()).isTrue();
        port = Integer.parseInt(logged.group(1));
        Waiting.until("the first pass of each feed is over", () -> probe("ready"));
    }

    /** Every object was loaded rightly or rejected with a code, and the good ones beside them are there. */
    void checkObjects() throws SQLException {
        for (String feed : FEEDS) {
            assertThat(sandbox.lines("SELECT COUNT(*) FROM caravan.objects WHERE feed = '" + feed
                            + "' AND (outcome = 'loaded' OR outcome = 'rejected' AND error_code <> '')"))
                    .as(feed)
                    .containsExactly(Integer.toString(count(feed) + 1));
            assertThat(sandbox.lines("SELECT COUNT(*) FROM public." + feed + " WHERE id = " + GOOD))
                    .as(feed)
                    .containsExactly("1");
        }
        assertThat(caravan.countsThatDoNotAddUp()).isEmpty();
        assertThat(sandbox.lines("SELECT COUNT(*) FROM public.hostile_keys WHERE name = 'good'"))
                .containsExactly(Integer.toString(count("hostile_keys") + 1));
        assertThat(sandbox.lines("SELECT COUNT(*) FROM public.hostile_texts WHERE v = 'good' AND id <> " + GOOD
                        + " AND id - id / 2 * 2 = 0"))
                .containsExactly(Integer.toString(values.size()));
        for (List<@Nullable String> row :
                sandbox.query("SELECT id, v FROM public.hostile_texts WHERE id - id / 2 * 2 = 1")) {
            String value = values.get(Integer.parseInt(String.valueOf(row.get(0))) / 2);
            assertThat(row.get(1)).isEqualTo(value);
        }
        // What is loaded of an archive is the whole of what it holds.
        assertThat(sandbox.lines("SELECT DISTINCT rows_read FROM caravan.objects WHERE feed = 'hostile_archives' AND"
                        + " outcome = 'loaded' AND object_key NOT LIKE '%good.csv'"))
                .containsExactly(Integer.toString(ROWS));
        assertThat(sandbox.lines("SELECT COUNT(*) FROM public.hostile_archives"))
                .containsExactly(Integer.toString(ROWS + 1));
    }

    /** Sends messages; what a good one tells of afterwards loads. */
    void sendMessages() throws Exception {
        List<String> messages = inputs.queueMessages(sandbox.bucket());
        messages.forEach(message -> queues.send(queue, message));
        tried.put(Kind.QUEUE_MESSAGES, messages.size());
        sandbox.put("hostile_queued/good.csv", "id,name\n" + GOOD + ",good\n");
        queues.send(queue, S3Messages.direct(sandbox.bucket(), "hostile_queued/good.csv"));
        Waiting.until("the good one's object loads", () -> sandbox.lines("SELECT COUNT(*) FROM public.hostile_queued")
                .contains("1"));
        Waiting.until("all messages are acknowledged", () -> queues.size(queue) == 0);
        assertThat(probe("live")).isTrue();
    }

    /** Sends requests; probes beside them are answered. */
    void sendRequests() throws Exception {
        int sent = 0;
        for (String request : inputs.httpRequests()) {
            request(request);
            if (++sent % 10 == 0) {
                assertThat(probe("live")).isTrue();
            }
        }
        tried.put(Kind.HTTP_REQUESTS, sent);
        assertThat(probe("ready")).isTrue();
    }

    /** Says what it has to say, and reads what there is to read for a while. */
    private void request(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(50);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            while (socket.getInputStream().read(new byte[4096]) >= 0) {
                // The answer is the server's to choose.
            }
        } catch (SocketTimeoutException | SocketException e) {
            // It waits for more, or has closed.
        }
    }

    private boolean probe(String name) throws Exception {
        return http.send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/" + name))
                                        .timeout(Duration.ofSeconds(5))
                                        .build(),
                                BodyHandlers.discarding())
                        .statusCode()
                == 200;
    }

    /** Puts feeds with hostile parameters beside the others: none, or all that hold, are taken, and the others go on. */
    void changeRouteFiles() throws Exception {
        List<String> names = List.of(
                "bucket", "prefix", "keys", "nullString", "rules", "constants", "charset", "queue", "delimiter");
        List<String> parameters = inputs.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            Map<String, String> feed = new HashMap<>(Map.of(
                    "bucket", sandbox.bucket(), "prefix", "nothing/", "table", "public.hostile_keys", "keys", "id"));
            feed.put(names.get(i % names.size()), parameters.get(i));
            List<String> written = new ArrayList<>();
            feed.forEach((name, value) -> written.addAll(List.of(name, value)));
            routes.feed("parameter" + i, written.toArray(String[]::new));
        }
        tried.put(Kind.PARAMETERS, parameters.size());
        Waiting.until("they are refused", () -> running().stderr().contains("Refused the route files"));

        CaravanProcess.Result check = caravan.run(StagedBy.COPY, "check", "--offline");
        assertThat(check.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(HostileInputs.harmIn(check.stdout() + check.stderr())).isEmpty();
        assertThat(IntStream.range(0, parameters.size()).filter(i -> !check.stdout()
                        .matches("(?s).*(parameter" + i + "\\.camel\\.yaml|parameter" + i + " ).*")))
                .as(check.stdout())
                .isEmpty();
        sandbox.put("hostile_keys/after.csv", "id,name\n" + (GOOD + 1) + ",after\n");
        Waiting.until("the others go on", () -> sandbox.lines("SELECT name FROM public.hostile_keys WHERE id > " + GOOD)
                .contains("after"));
    }

    private CaravanProcess running() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    /** Stops it as a pod is stopped, and looks at all that it has said. */
    void stop() {
        CaravanProcess running = running();
        assertThat(running.isAlive()).isTrue();
        running.terminate();
        assertThat(running.exitCode()).isEqualTo(143);
        assertThat(HostileInputs.harmIn(running.stdout() + running.stderr())).isEmpty();
        assertThat(running.stdout()).isEmpty();
        assertThat(running.stderr()).doesNotContain("OutOfMemory").doesNotContain("UNEXPECTED");
    }

    /** Returns how many inputs of each kind were sent. */
    Map<Kind, Integer> tried() {
        return tried;
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
        queues.close();
    }
}
