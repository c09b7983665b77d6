package io.caravan.app.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan;
import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.settings.UiAccess;
import io.caravan.app.settings.UiAccess.Kind;
import io.caravan.app.settings.UiSettings;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page for people as HTML and JSON, of a service that loads. */
@ExtendWith(SandboxExtension.class)
class PagesIT {

    private static final String HOSTILE = "orders/<img src=x onerror=alert(1)>.csv";
    private static final String SECRET_VALUE = "top-secret-value";
    private static final String ANNA = "Basic " + Base64.getEncoder().encodeToString("anna:a".getBytes(UTF_8));
    private static final String BERT = "Basic " + Base64.getEncoder().encodeToString("bert:b".getBytes(UTF_8));

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private RouteDirectory routes;
    private TestingPages pages;

    PagesIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void start() throws Exception {
        routes = new RouteDirectory(directory.resolve("routes"));
        for (String name : List.of("orders", "customers")) {
            sandbox.execute(
                    "DROP TABLE IF EXISTS public." + name,
                    "CREATE TABLE public." + name + " (id INTEGER NOT NULL, name VARCHAR(20))");
            routes.ownFeed(name, sandbox.bucket(), "id", "pollDelay", "50", "retryDelay", "10", "failedDelay", "300");
        }
        Path accounts = Files.writeString(directory.resolve("accounts"), "anna:a\nbert:b\n");
        pages = serve(new UiSettings(
                "127.0.0.1",
                0,
                List.of(new UiAccess(Kind.PASSWORD_FILE, accounts.toString())),
                null,
                null,
                Set.of("anna"),
                true));
    }

    private TestingPages serve(UiSettings settings) {
        return new TestingPages(new TestingCaravan(sandbox, routes), settings);
    }

    @AfterEach
    void stop() {
        pages.close();
    }

    @Test
    void whatIsLoadedAndWhatIsNotIsShownAndCanBeActedUpon() throws Exception {
        sandbox.put("orders/1.csv", "id,name\n1,a\n2,b\nx," + SECRET_VALUE + "\n2,c\n");
        sandbox.put(HOSTILE, "id,name\n3,d\n,e\n");
        sandbox.put("customers/1.csv", "id,name\n1,a\n");
        Waiting.until(
                "all is loaded",
                () -> json("/api/feeds").toJson().contains("with rejected rows")
                        && objects("orders").size() == 2
                        && objects("customers").size() == 1);

        theJsonIsAsTheDescriptionSays();
        nobodySeesWhatRowsHold();
        keysOfStrangersAreText();
        onlyOperatorsHaveForms();
        theWarehouseIsAskedWhenSomebodyWantsIt();
        operatorsActOnAllThatMatches();
        aLoadLastsUnderItsAddress();
        aFeedThatIsAddedIsThere();
    }

    private void theJsonIsAsTheDescriptionSays() throws Exception {
        // A load that runs, and is to be previewed.
        pages.hold();
        sandbox.put("orders/9.csv", "id,name\n7,g\n");
        Waiting.until("a load runs", () -> json("/api/feeds").toJson().contains("secondsLeft"));
        JsonObject description = json("/api/openapi.json");
        String load = text(objects("orders").get(0), "load");
        Map<String, String> examples = new HashMap<>(Map.of(
                "/api/feeds", "/api/feeds",
                "/api/feeds/{feed}", "/api/feeds/orders",
                "/api/loads", "/api/loads?feed=orders",
                "/api/loads/{load}", "/api/loads/" + load,
                "/api/objects", "/api/objects?feed=orders&key=csv",
                "/api/dead-letters", "/api/dead-letters",
                "/api/timeline", "/api/timeline",
                "/api/codes/{code}", "/api/codes/VALUE_FORMAT",
                "/api/acts/{id}", act("drop", "feed=orders&code=NONE")));
        examples.put("/api/preview", "/api/preview?feed=orders&key=orders%2F9.csv");
        List<String> counters = pages.counters("orders");
        ask("/preview?feed=orders&key=orders%2F9.csv", "what=preview&feed=orders&key=orders%2F9.csv");
        assertThat(pages.counters("orders")).hasSizeGreaterThan(5).isEqualTo(counters);
        theCommandSaysTheSame();
        ask("/dead-letters", "what=letters");
        ask("/objects?feed=orders&key=orders%2F", "what=objects&feed=orders&key=orders%2F");
        JsonObject paths = object(description, "paths");
        assertThat(paths.keySet()).containsExactlyInAnyOrderElementsOf(examples.keySet());
        for (Map.Entry<String, String> example : examples.entrySet()) {
            JsonObject schema = requireNonNull((JsonObject)
                    find(paths, example.getKey(), "get", "responses", "200", "content", "application/json", "schema"));
            List<String> wrong = new ArrayList<>();
            check(description, schema, json(example.getValue()), example.getKey(), wrong);
            assertThat(wrong).as(example.getKey()).isEmpty();
        }
        pages.release();
        Waiting.until("the load is over", () -> objects("orders").size() == 3);
    }

    /** As much of JSON Schema as the description uses. */
    private static void check(
            JsonObject description, JsonObject schema, @Nullable Object value, String where, List<String> wrong) {
        if (schema.containsKey("$ref")) {
            String name = text(schema, "$ref").replace("#/components/schemas/", "");
            check(
                    description,
                    requireNonNull((JsonObject) find(description, "components", "schemas", name)),
                    value,
                    where,
                    wrong);
        } else if (value == null) {
            if (!Boolean.TRUE.equals(schema.get("nullable"))) {
                wrong.add(where + " is null");
            }
        } else if (schema.containsKey("allOf")) {
            check(description, (JsonObject) ((JsonArray) schema.get("allOf")).get(0), value, where, wrong);
        } else if (value instanceof JsonObject object) {
            JsonObject properties = object(schema, "properties");
            if (!new TreeSet<>(properties.keySet()).equals(new TreeSet<>(object.keySet()))) {
                wrong.add(where + " has " + object.keySet() + ", not " + properties.keySet());
                return;
            }
            object.forEach(
                    (name, member) -> check(description, object(properties, name), member, where + "." + name, wrong));
        } else if (value instanceof JsonArray array) {
            array.forEach(element -> check(description, object(schema, "items"), element, where + "[]", wrong));
        } else {
            boolean fits =
                    switch (text(schema, "type")) {
                        case "string" -> value instanceof String;
                        case "boolean" -> value instanceof Boolean;
                        case "integer" -> value instanceof BigDecimal number && number.scale() <= 0;
                        case "number" -> value instanceof BigDecimal;
                        default -> false;
                    };
            if (!fits) {
                wrong.add(where + " is " + value);
            }
        }
    }

    private void nobodySeesWhatRowsHold() throws Exception {
        for (String page :
                List.of("/", "/feeds/orders", "/loads", "/objects?feed=orders", "/dead-letters", "/timeline")) {
            assertThat(pages.get(page, "Authorization", BERT).body()).as(page).doesNotContain(SECRET_VALUE);
        }
        assertThat(pages.get("/api/dead-letters", "Authorization", ANNA).body()).doesNotContain(SECRET_VALUE);
        assertThat(pages.get("/dead-letters", "Authorization", BERT).body()).contains("not shown");
        assertThat(pages.get("/dead-letters", "Authorization", ANNA).body()).contains(SECRET_VALUE);
    }

    private void keysOfStrangersAreText() throws Exception {
        for (String page :
                List.of("/objects?feed=orders", "/objects?feed=orders&key=" + encode(HOSTILE), "/dead-letters")) {
            assertThat(pages.get(page, "Authorization", ANNA).body())
                    .as(page)
                    .contains("&lt;img src=x onerror=alert(1)&gt;")
                    .doesNotContain("<img");
        }
        assertThat(pages.get("/objects?feed=" + encode("<script>alert(1)</script>"), "Authorization", ANNA)
                        .body())
                .doesNotContain("<script>alert");
    }

    private void onlyOperatorsHaveForms() throws Exception {
        for (String page : List.of("/feeds/orders", "/objects?feed=orders", "/dead-letters?feed=orders")) {
            assertThat(pages.get(page, "Authorization", BERT).body()).as(page).doesNotContain("action=\"/acts\"");
            assertThat(pages.get(page, "Authorization", ANNA).body()).as(page).contains("action=\"/acts\"");
        }
        String form = "act=drop&feed=orders&token=" + token(BERT);
        HttpResponse<String> refused = pages.post("/acts", form, "Authorization", BERT, "Origin", pages.base());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("caravan.ui.operators");
        assertThat(pages.post(
                                "/ask",
                                "what=preview&feed=orders&token=" + token(BERT),
                                "Authorization",
                                BERT,
                                "Origin",
                                pages.base())
                        .statusCode())
                .isEqualTo(403);
        String preview = "/preview?feed=orders&key=orders%2F9.csv";
        assertThat(pages.get(preview, "Authorization", BERT).body())
                .contains("Only operators may have a load previewed")
                .doesNotContain("inserted");
        assertThat(pages.get(preview, "Authorization", ANNA).body())
                .contains("✓ adds up")
                .contains("MERGE INTO");
        assertThat(pages.get("/api" + preview, "Authorization", ANNA).body()).doesNotContain(SECRET_VALUE);
    }

    private void theWarehouseIsAskedWhenSomebodyWantsIt() throws Exception {
        JsonObject letters = json("/api/dead-letters");
        assertThat(requireNonNull((JsonArray) letters.get("groups")).stream()
                        .map(group -> text((JsonObject) group, "errorCode")))
                .containsExactlyInAnyOrder("VALUE_FORMAT", "VALUE_NULL_KEY");
        assertThat(letters.toJson()).contains("\"column\":\"id\"");
        assertThat(pages.get("/dead-letters", "Authorization", BERT).body())
                .contains("href=\"/dead-letters?feed=orders&amp;code=VALUE_FORMAT&amp;column=id\">1</a>");
        assertThat(pages.post("/ask", "what=letters", "Authorization", ANNA).statusCode())
                .isEqualTo(403);
        assertThat(pages.post(
                                "/ask",
                                "what=nothing&token=" + token(ANNA),
                                "Authorization",
                                ANNA,
                                "Origin",
                                pages.base())
                        .statusCode())
                .isEqualTo(400);
    }

    private void operatorsActOnAllThatMatches() throws Exception {
        assertThat(json(act("drop", "feed=orders&code=VALUE_FORMAT&column=name")))
                .containsEntry("count", BigDecimal.ZERO);
        String drop = act("drop", "feed=orders&code=VALUE_NULL_KEY");
        assertThat(json(drop)).containsEntry("state", "counted").containsEntry("count", BigDecimal.ONE);
        assertThat(openLetters()).isEqualTo(2);
        confirm(drop, 1);
        assertThat(json(drop)).containsEntry("state", "done").containsEntry("count", BigDecimal.ONE);
        assertThat(openLetters()).isEqualTo(1);

        // Now that the column takes what was rejected.
        sandbox.execute(
                "DROP TABLE public.orders", "CREATE TABLE public.orders (id VARCHAR(10) NOT NULL, name VARCHAR(20))");
        String replay = act("replay", "feed=orders&column=id");
        assertThat(json(replay)).containsEntry("count", BigDecimal.ONE);
        confirm(replay, 1);
        assertThat(openLetters()).isZero();
        assertThat(sandbox.lines("SELECT id, name FROM public.orders")).containsExactly("x " + SECRET_VALUE);

        int before = objects("orders").size();
        String rearm = act("rearm", "feed=orders&key=" + encode("orders/1.csv"));
        confirm(rearm, 1);
        Waiting.until("the object is loaded again", () -> objects("orders").size() > before);

        String skip = act("skip", "feed=orders&prefix=" + encode("orders/"));
        assertThat(json(skip)).containsEntry("state", "counted").containsEntry("count", BigDecimal.ZERO);
        assertThat(pages.get("/api/timeline?kind=act", "Authorization", ANNA).body())
                .contains("anna has dropped 1 open dead letters of feed orders, with code VALUE_NULL_KEY")
                .contains("anna has replayed 1 open dead letters of feed orders")
                .contains("anna has rearmed 1 objects of feed orders, of object orders/1.csv");
        new TestingCaravan(sandbox, routes)
                .run(StagedBy.INSERT, "objects", "rearm", "--feed", "orders", "--key", "orders/1.csv");
        ask("/timeline?kind=act", "what=acts");
        assertThat(requireNonNull((JsonArray) json("/api/timeline?kind=act").get("acts")).stream()
                        .map(act -> text((JsonObject) act, "by") + " has " + text((JsonObject) act, "what"))
                        .toList())
                .containsExactly(
                        System.getProperty("user.name")
                                + " has rearmed 1 objects of feed orders, of object orders/1.csv",
                        "anna has rearmed 1 objects of feed orders, of object orders/1.csv",
                        "anna has replayed 1 open dead letters of feed orders, in column id",
                        "anna has dropped 1 open dead letters of feed orders, with code VALUE_NULL_KEY");
        assertThat(pages.get(rearm.replace("/api", ""), "Authorization", BERT).statusCode())
                .isEqualTo(404);
    }

    /** A service that starts anew knows it from the ledger, and its objects when somebody asks. */
    private void aLoadLastsUnderItsAddress() throws Exception {
        String load = text(objects("customers").get(0), "load");
        try (TestingPages anew = serve(UiSettings.ofLoopback(0))) {
            Waiting.until(
                    "it is known from before",
                    () -> anew.get("/api/loads/" + load).body().contains("\"isKnown\": true"));
            assertThat(anew.get("/api/loads/" + load).body())
                    .contains("\"objects\": null")
                    .contains("\"inserted\": 1");
            assertThat(anew.get("/loads/20200101T000000.000Z-0123456789").body())
                    .contains("This load is not in memory");
            String page = anew.get("/loads/" + load).body();
            anew.post(
                    "/ask",
                    "what=load&load=" + load + "&token="
                            + page.replaceAll("(?s).*name=\"token\" value=\"([0-9a-f]+)\".*", "$1"),
                    "Origin",
                    anew.base());
            Waiting.until(
                    "its objects are known",
                    () -> anew.get("/api/loads/" + load).body().contains("customers/1.csv"));
        }
    }

    private void aFeedThatIsAddedIsThere() throws Exception {
        sandbox.execute("CREATE TABLE public.added (id INTEGER NOT NULL, name VARCHAR(20))");
        routes.ownFeed("added", sandbox.bucket(), "id", "pollDelay", "50");
        pages.reload();
        assertThat(pages.get("/feeds/added", "Authorization", ANNA).body())
                .contains("public.added")
                .contains("From the feed&#39;s file");
        assertThat(json("/api/timeline?kind=reload").toJson()).contains("feed added is added");
        assertThat(json("/api/feeds/added").toJson())
                .contains("{\"name\":\"pollDelay\",\"value\":\"50\",\"isOwn\":true}")
                .contains("{\"name\":\"mode\",\"value\":\"upsert\",\"isOwn\":false}");
    }

    private void ask(String page, String form) throws Exception {
        HttpResponse<String> asked =
                pages.post("/ask", form + "&token=" + token(ANNA), "Authorization", ANNA, "Origin", pages.base());
        assertThat(asked.statusCode()).isEqualTo(303);
        assertThat(asked.headers().firstValue("Location")).contains(page);
        Waiting.until(
                "the warehouse has answered",
                () -> pages.get(page, "Authorization", ANNA).body().contains("As the warehouse has said"));
    }

    private void theCommandSaysTheSame() {
        CaravanProcess.Result status = new TestingCaravan(sandbox, routes)
                .run(StagedBy.INSERT, "status", "--url", pages.health().toString());
        assertThat(status.stdout()).containsPattern("orders +loading").contains("\ncustomers ");
        assertThat(status.exitCode()).as(status.stderr()).isZero();
    }

    /** Has something counted, and returns the address of how it gets on. */
    private String act(String act, String form) throws Exception {
        HttpResponse<String> taken = pages.post(
                "/acts",
                "act=" + act + "&" + form + "&token=" + token(ANNA),
                "Authorization",
                ANNA,
                "Origin",
                pages.base());
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(303);
        String address = "/api" + taken.headers().firstValue("Location").orElseThrow();
        Waiting.until("it is counted", () -> !"counting".equals(json(address).get("state")));
        return address;
    }

    private void confirm(String address, long count) throws Exception {
        pages.post(
                address.replace("/api", ""),
                "count=" + count + "&token=" + token(ANNA),
                "Authorization",
                ANNA,
                "Origin",
                pages.base());
        Waiting.until("it is done", () -> !"running".equals(json(address).get("state")));
        assertThat(json(address)).containsEntry("state", "done");
    }

    private String token(String who) throws Exception {
        return pages.get("/dead-letters?load=x", "Authorization", who)
                .body()
                .replaceAll("(?s).*name=\"token\" value=\"([0-9a-f]+)\".*", "$1");
    }

    private long openLetters() throws Exception {
        return Long.parseLong(sandbox.lines("SELECT COUNT(*) FROM caravan.dead_letters WHERE status = 'open'")
                .get(0));
    }

    private List<JsonObject> objects(String feed) throws Exception {
        return requireNonNull((JsonArray) json("/api/objects?feed=" + feed).get("objects")).stream()
                .map(JsonObject.class::cast)
                .filter(object -> object.get("load") != null)
                .toList();
    }

    private JsonObject json(String path) throws Exception {
        HttpResponse<String> answer = pages.get(path, "Authorization", ANNA);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return (JsonObject) Jsoner.deserialize(answer.body());
    }

    private static @Nullable Object find(JsonObject object, String... path) {
        @Nullable Object found = object;
        for (String name : path) {
            found = found instanceof JsonObject inner ? inner.get(name) : null;
        }
        return found;
    }

    private static JsonObject object(JsonObject object, String name) {
        return requireNonNull((JsonObject) object.get(name), name);
    }

    private static String text(JsonObject object, String name) {
        return String.valueOf(object.get(name));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
