package io.caravan.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.HostileInputs;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.TestingGateway;
import io.caravan.testing.Waiting;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** Keys and values that are made to do something to a list, a log or a terminal. What is good beside them loads. */
@ExtendWith(SandboxExtension.class)
class HostileKeysIT {

    private static final List<String> ODD = List.of(
            "\u0001",
            "\u001b[2J\u001b[31m",
            "\u007f",
            "\u009b31m",
            "\u0085next",
            "\r\rover",
            "\u202etxt.exe",
            "\u2066\u2069",
            "\u200e\u200f\u061c",
            "\u200b\ufeff",
            "\u2028\u2029",
            new String(Character.toChars(0xE0041)),
            HostileInputs.FORGED);

    @TempDir
    private Path directory;

    private final TestSandbox sandbox;
    private final Map<String, String> environment = new HashMap<>();
    private RouteDirectory routes;

    HostileKeysIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void feed() throws SQLException {
        sandbox.execute("CREATE TABLE IF NOT EXISTS public.odd (id INTEGER NOT NULL, name VARCHAR(100))");
        routes = new RouteDirectory(directory.resolve("routes"));
        routes.ownFeed("odd", sandbox.bucket(), "id", "failedDelay", "1");
        environment.putAll(sandbox.environment());
        environment.put("CARAVAN_ROUTES_DIRECTORY", routes.path().toString());
    }

    @Test
    void theyLoadOrAreRejectedAndNothingOfThemReachesATerminalRaw() throws Exception {
        int stored = 0;
        for (String odd : ODD) {
            stored += put("odd/" + odd + ".csv", "id,name\n" + stored + ",good\nx" + odd + "," + odd + "\n") ? 1 : 0;
            put("odd/rejected" + odd + ".csv", "id,na\"me" + odd + "\n1,a\n");
        }
        assertThat(stored).as("keys that the sandbox's S3 takes").isGreaterThan(10);
        sandbox.put("odd/zz-good.csv", "id,name\n1000,good\n");
        sandbox.put("odd/zz-denied" + HostileInputs.FORGED + "\u009b31m\u202e", "id,name\n2000,good\n");
        try (TestingGateway gateway = new TestingGateway(sandbox.sandbox().s3Endpoint())) {
            environment.put("AWS_ENDPOINT_URL_S3", gateway.endpoint().toString());
            gateway.refuse(
                    sandbox.bucket(),
                    "odd/zz-denied%0A2026-01-01T00%3A00%3A00.000Z%20INFO%20%20forged%0Acaravan%3A%20forged%C2%9B31m%E2%80%AE",
                    "403 Forbidden",
                    "AccessDenied");

            CaravanProcess.Result load = CaravanProcess.run(directory, environment, "load", "--verbose");
            assertThat(load.exitCode()).as(load.stderr()).isEqualTo(ExitCode.FAILED);
            assertThat(load.stderr()).contains("OBJECT_DENIED");
            isHarmless(load);
        }
        assertThat(sandbox.lines("SELECT COUNT(*) FROM public.odd WHERE name = 'good' AND id <= 1000"))
                .containsExactly(String.valueOf(stored + 1));

        TestingCaravan caravan = new TestingCaravan(sandbox, routes);
        for (String format : List.of("text", "json")) {
            isHarmless(caravan.run(StagedBy.COPY, "objects", "list", "--all", "--format", format));
            isHarmless(caravan.run(StagedBy.COPY, "dead-letters", "show", "--format", format));
        }
        String json = caravan.run(StagedBy.COPY, "objects", "list", "--format", "json")
                .stdout();
        assertThat(JsonNode.parser().parse(json).asArray())
                .as("a parser gets the keys as they are")
                .extracting(object ->
                        requireNonNull(object.asObject().get("object")).asString())
                .contains(uri("odd/\u202etxt.exe.csv"), uri("odd/\u001b[2J\u001b[31m.csv"));
    }

    @Test
    void theServiceLogsThemOneLineAnEvent() throws Exception {
        put("odd/" + HostileInputs.FORGED + "\u001b[2J.csv", "id,name\n1,good\n");
        put(
                "odd/rejected" + HostileInputs.FORGED + "\u202e.csv",
                "id,na\"me\u001b[2J" + HostileInputs.FORGED + "\n1,a\n");
        for (String format : List.of("text", "json")) {
            sandbox.put("odd/" + format + ".csv", "id,name\n2," + format + "\n");
            environment.put("CARAVAN_LOG_FORMAT", format);
            environment.put("CARAVAN_LOG_LEVEL", "TRACE");
            try (CaravanProcess run = CaravanProcess.start(directory, environment, "run")) {
                Waiting.until("all is loaded", () -> sandbox.lines("SELECT name FROM public.odd WHERE id = 2")
                        .contains(format));
                run.terminate();
                run.exitCode();
                isHarmless(new CaravanProcess.Result(0, run.stdout(), run.stderr()));
                if (format.equals("json")) {
                    assertThat(run.stderr().lines()).allSatisfy(line -> assertThat(
                                    JsonNode.parser().parse(line).asObject())
                            .isNotEmpty());
                }
            }
        }
    }

    private static void isHarmless(CaravanProcess.Result result) {
        for (String text : List.of(result.stdout(), result.stderr())) {
            assertThat(HostileInputs.harmIn(text)).as(text).isEmpty();
        }
    }

    private String uri(String key) {
        return "s3://" + sandbox.bucket() + "/" + key;
    }

    /** Returns whether the sandbox's S3 takes the key; real S3 takes all of them. */
    private boolean put(String key, String content) {
        try {
            sandbox.put(key, content);
            return true;
        } catch (SdkException e) {
            return false;
        }
    }
}
