package io.caravan.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What strangers may send to break something, of every kind that reaches Caravan; all that is drawn follows a seed. */
public final class HostileInputs {

    /** The kinds, and how many inputs of each are tried; {@code docs/security.md} has this table. */
    public enum Kind {
        OBJECT_KEYS("object keys", 90),
        HEADERS("headers", 90),
        VALUES("values", 110),
        ARCHIVES("archives", 80),
        PARAMETERS("parameters", 80),
        QUEUE_MESSAGES("queue messages", 70),
        HTTP_REQUESTS("HTTP requests", 60);

        private final String text;
        private final int count;

        Kind(String text, int count) {
            this.text = text;
            this.count = count;
        }

        public String text() {
            return text;
        }

        public int count() {
            return count;
        }
    }

    /** Whatever a terminal obeys, hides or turns round; only line feeds are the writer's own. */
    private static final Pattern HARMFUL = Pattern.compile("[[\\p{Cc}\\p{Cf}\\u2028\\u2029]&&[^\\n]]");

    /** Behind a line feed they would be lines of the log, or of a command. */
    public static final String FORGED = "\n2026-01-01T00:00:00.000Z INFO  forged\ncaravan: forged";

    private static final List<String> PIECES = List.of(
            "\u0001",
            "\u0007",
            "\u001b[2J\u001b[31m",
            "\u001b]0;title\u0007",
            "\u007f",
            "\u0080",
            "\u009b31m",
            "\u0085next",
            "\r\rover",
            "\t",
            "\u202etxt.exe",
            "\u2066\u2069",
            "\u200e\u200f\u061c",
            "\u200b\ufeff",
            "\u2028\u2029",
            new String(Character.toChars(0xE0041)),
            new String(Character.toChars(0x1F4A9)),
            "\uffff",
            "\ufffd",
            "e\u0301\u0301\u0301\u0301",
            "İıß",
            "'",
            "\"",
            "\"\"",
            "`",
            "\\",
            "\\N",
            "\\.",
            "\0",
            ",",
            ";",
            "|",
            "--",
            "/*",
            "*/",
            "'; DROP TABLE public.values; --",
            "' OR '1'='1",
            "$$",
            "$1",
            "?",
            ":p",
            "{fn now()}",
            "{?= call x}",
            "{d '2026-01-01'}",
            "${jndi:ldap://127.0.0.1:1/x}",
            "${env:HOME}",
            "$simple{exchangeId}",
            "{{env:HOME}}",
            "{{user.home}}",
            "#class:java.io.File#createTempFile('caravan-pwned','x')",
            "#bean:warehouse",
            "RAW(x)&y=z",
            "%0a",
            "%00",
            "%252e%252e",
            "%s%n%d",
            "?versionId=1",
            "&prefix=",
            "+",
            " ",
            "~",
            "=1+1",
            "@SUM(A1)",
            "<script>",
            "NULL",
            "NaN",
            "1e999",
            "-0",
            "9".repeat(60),
            "\ud7ff",
            FORGED);

    private final Random random;

    public HostileInputs(long seed) {
        this.random = new Random(seed);
    }

    /** Returns how many of each kind are tried. */
    public static Map<Kind, Integer> counts() {
        return Stream.of(Kind.values())
                .collect(toMap(kind -> kind, Kind::count, (a, b) -> a, () -> new EnumMap<>(Kind.class)));
    }

    /** Returns what of the output of a process a terminal would obey or hide, and its lines that are somebody else's. */
    public static List<String> harmIn(String output) {
        return Stream.concat(
                        HARMFUL.matcher(output)
                                .results()
                                .map(match ->
                                        "U+" + Integer.toHexString(match.group().codePointAt(0))),
                        output.lines().filter(line -> line.matches("(2026-01-01T00:00:00.000Z|caravan: forged).*")))
                .toList();
    }

    /** Returns different ends of keys, each of them valid UTF-8 of at most some 900 bytes. */
    public List<String> objectKeys() {
        return fill(
                Kind.OBJECT_KEYS,
                List.of(
                        ("x".repeat(200) + "/").repeat(4) + "x",
                        "a/".repeat(300) + "x",
                        ("ä".repeat(100) + "/").repeat(4) + "x",
                        "//y",
                        "z//y",
                        "-x",
                        ".x",
                        "x.csv.gz",
                        "CON",
                        "_SUCCESS"),
                // What ends in a slash is a folder to consoles, and no object.
                () -> some(5) + ".csv");
    }

    /** Returns what may stand in place of a name in a header, quoted or not. */
    public List<String> headers() {
        return fill(
                Kind.HEADERS,
                List.of(
                        "",
                        " ",
                        "id",
                        "ID",
                        "\"id\"",
                        "\"\"",
                        "\"",
                        "\"a\nb\"",
                        "ctid",
                        "oid",
                        "caravan_object",
                        "x".repeat(127),
                        "x".repeat(128),
                        "ä".repeat(100),
                        "x".repeat(100_000),
                        ",".repeat(2_000),
                        "a,".repeat(3_000) + "b",
                        "select",
                        "public.headers.id",
                        "\"\"\"; DROP TABLE public.headers; --\""),
                () -> random.nextBoolean() ? quoted(some(3)) : some(3).replaceAll("[\"\n\r,]", "") + "z");
    }

    /** Returns texts for a field, whatever its column; not quoted. */
    public List<String> values() {
        return fill(
                Kind.VALUES,
                List.of(
                        "",
                        " ",
                        "\"",
                        "\"\"\"",
                        "x".repeat(70_000),
                        "1".repeat(100_000),
                        "\n".repeat(1_000),
                        "0x10",
                        "1_000",
                        "١٢٣",
                        "1e-400",
                        "Infinity",
                        "2147483648",
                        "-2147483649",
                        "9999-99-99",
                        "0000-00-00",
                        "+292278994-08-17",
                        "24:00:00",
                        "true'",
                        "{\"a\":".repeat(500),
                        "[".repeat(5_000)),
                () -> some(4));
    }

    /** Returns values of feed parameters; each a text that a YAML file can hold. */
    public List<String> parameters() {
        return fill(
                Kind.PARAMETERS,
                List.of(
                        "#class:java.lang.Runtime#getRuntime",
                        "#type:javax.sql.DataSource",
                        "#autowired",
                        "#valueAs(java.lang.Integer):7",
                        "{{",
                        "}}",
                        "{{x:{{y}}}}",
                        "{{bean:warehouse.close}}",
                        "{{env:CARAVAN_WAREHOUSE_PASSWORD}}",
                        "{{env:AWS_SECRET_ACCESS_KEY:x}}",
                        "a\ttab",
                        "../../../etc/passwd",
                        "http://169.254.169.254/latest/meta-data",
                        "999999999999999999999999",
                        "-1",
                        "1e3",
                        "*",
                        "&a",
                        "!!javax.script.ScriptEngineManager []",
                        "x".repeat(70_000),
                        "(a+)+$".repeat(50)),
                () -> some(3).replaceAll("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x84\\x86-\\x9f\\uffff]", ""));
    }

    /** Returns bodies of messages, each of characters that SQS takes. */
    public List<String> queueMessages(String bucket) {
        String event = S3Messages.direct(bucket, "KEY");
        return fill(
                Kind.QUEUE_MESSAGES,
                List.of(
                        "x",
                        "null",
                        "[]",
                        "{}",
                        "[".repeat(100_000),
                        "{\"a\":".repeat(30_000),
                        "{\"Records\":null}",
                        "{\"Records\":[null]}",
                        "{\"Records\":{}}",
                        "{\"Records\":[" + "{},".repeat(20_000) + "{}]}",
                        "{\"Records\":1e999999999}",
                        "{\"Records\":[{\"eventName\":7,\"s3\":[]}]}",
                        "{\"Type\":\"Notification\",\"Message\":\"{\\\"Type\\\":\\\"Notification\\\",\\\"Message\\\":\\\"x\\\"}\"}",
                        "{\"Message\":" + "9".repeat(50_000) + "}",
                        S3Messages.direct("another-bucket", "queued/x.csv"),
                        S3Messages.direct(bucket, "../x"),
                        S3Messages.direct(bucket, "queued/" + "k".repeat(100_000)),
                        event.replace("KEY", "%ZZ"),
                        event.replace("KEY", "%00%0a%1b"),
                        event.replace("\"KEY\"", "{}"),
                        event.substring(0, event.length() / 2),
                        event + event),
                () -> {
                    String piece = json(some(3));
                    return switch (random.nextInt(3)) {
                        case 0 -> event.replace("KEY", piece);
                        case 1 -> event.replace("ObjectCreated:Put", piece);
                        default -> "{\"" + piece + "\":\"" + piece + "\"}";
                    };
                });
    }

    /** Returns what is sent to a port of HTTP, byte by byte, ISO 8859-1. */
    public List<String> httpRequests() {
        String end = "\r\nHost: x\r\n\r\n";
        return fill(
                Kind.HTTP_REQUESTS,
                List.of(
                        "\r\n\r\n",
                        "GET\r\n\r\n",
                        "GET / HTTP/9.9" + end,
                        "TRACE /health/live HTTP/1.1" + end,
                        "CONNECT x:1 HTTP/1.1" + end,
                        "DELETE /health HTTP/1.1" + end,
                        "GET /../../etc/passwd HTTP/1.1" + end,
                        "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1" + end,
                        "GET //health HTTP/1.1" + end,
                        "GET http://example.org/health HTTP/1.1" + end,
                        "GET /" + "a".repeat(200_000) + " HTTP/1.1" + end,
                        "GET /health HTTP/1.1\r\n" + "X: y\r\n".repeat(3_000) + "\r\n",
                        "GET /health HTTP/1.1\r\nX: " + "y".repeat(300_000) + "\r\n\r\n",
                        "POST /health HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\nx",
                        "POST /health HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                        "POST /health HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx",
                        "POST /metrics HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        "GET /health HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n",
                        "GET /health HTTP/1.1\nHost: x\n\n",
                        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
                        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                () -> "GET /health/" + some(3).replaceAll("[\r\n ]", "") + " HTTP/1.1\r\nX-" + some(1) + ": " + some(2)
                        + end);
    }

    /** Returns as many as the kind has: all that are known, and different ones that are drawn. */
    private List<String> fill(Kind kind, List<String> known, Supplier<String> draw) {
        Set<String> all = new LinkedHashSet<>(known);
        while (all.size() < kind.count()) {
            all.add(draw.get());
        }
        return new ArrayList<>(all);
    }

    /** Draws a text of up to so many pieces, at least one. */
    private String some(int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
            if (random.nextInt(3) == 0) {
                text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return new String(text.toString().getBytes(UTF_8), UTF_8);
    }

    /** Returns a field in quotes, quotes inside doubled. */
    public static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    /** SQS takes no other characters than XML does. */
    private static String json(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\u001b", "\\u001b")
                .replaceAll("[\\x00-\\x1f\\x7f\\uffff]", "\\\\u0007");
    }
}
