package io.caravan.app.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan;
import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint that also gets the dead letters; it is down as long as a file stands where its directory would be. */
@ExtendWith(SandboxExtension.class)
class DeadLetterEndpointIT {

    @TempDir
    private Path directory;

    private final TestSandbox sandbox;

    DeadLetterEndpointIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void whatItCouldNotTakeItGetsFromAProcessThatStartsLater() throws Exception {
        TestingCaravan caravan = new TestingCaravan(sandbox, feed("later"), uri());
        Files.createFile(endpoint());
        sandbox.put("later/a.csv", "id\n1\nx\n");
        sandbox.put("later/b.csv", "id\n2\n");

        assertThat(caravan.report(StagedBy.INSERT, "later").failures()).isEmpty();
        assertThat(unsent(caravan, "later")).hasSize(1);

        Files.delete(endpoint());
        assertThat(caravan.report(StagedBy.INSERT, "later").loads()).isEmpty();
        assertThat(messages()).hasSize(1).first().asString().contains("\"raw\":\"x\"");
        assertThat(unsent(caravan, "later")).isEmpty();
    }

    @Test
    void whileItIsDownLoadsGoOn() throws Exception {
        RouteDirectory routes = feed("meanwhile");
        TestingCaravan caravan = new TestingCaravan(sandbox, routes, uri());
        Files.createFile(endpoint());
        sandbox.put("meanwhile/a.csv", "id\n1\nx\n");
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.put("CARAVAN_ROUTES_DIRECTORY", routes.path().toString());
        environment.put("CARAVAN_DEAD_LETTER_URI", uri());
        try (CaravanProcess run = CaravanProcess.start(directory, environment, "run")) {
            Waiting.until("sending fails", () -> run.stderr()
                    .contains("Could not send dead letters to caravan.dead-letter.uri"));
            sandbox.put("meanwhile/b.csv", "id\n2\ny\n");
            Waiting.until(
                    "the next load is done", () -> unsent(caravan, "meanwhile").size() == 2);

            Files.delete(endpoint());
            Waiting.until("both are sent", () -> unsent(caravan, "meanwhile").isEmpty());
        }

        assertThat(messages()).hasSize(2);
        assertThat(sandbox.query("SELECT id FROM public.meanwhile ORDER BY id"))
                .containsExactly(List.of("1"), List.of("2"));
    }

    @Test
    void manyAreSentInSeveralMessagesEachOnce() throws Exception {
        TestingCaravan caravan = new TestingCaravan(sandbox, feed("many"), uri());
        String wide = "y".repeat(60_000);
        StringBuilder object = new StringBuilder("id\n1\n");
        for (int i = 0; i < 200; i++) {
            object.append("bad").append(i).append(wide).append('\n');
        }
        sandbox.put("many/a.csv", object.toString());

        assertThat(caravan.report(StagedBy.INSERT, "many").failures()).isEmpty();

        assertThat(unsent(caravan, "many")).isEmpty();
        assertThat(messages()).hasSize(3).allSatisfy(message -> assertThat(message)
                .hasSizeLessThan(4 * 1024 * 1024));
        assertThat(messages().stream()
                        .flatMap(String::lines)
                        .map(line -> line.replaceAll(".*\"raw\":\"bad(\\d+)y.*", "$1")))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 200).mapToObj(Integer::toString).toList());
        String load = caravan.lines("SELECT load_id FROM caravan.loads WHERE feed = 'many'")
                .get(0);
        try (Stream<Path> files = Files.list(endpoint())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(load, load + "-2", load + "-3");
        }
    }

    private RouteDirectory feed(String name) throws Exception {
        sandbox.execute("CREATE TABLE public." + name + " (id INTEGER NOT NULL)");
        RouteDirectory routes = new RouteDirectory(directory.resolve("routes"));
        routes.ownFeed(name, sandbox.bucket(), "id");
        return routes;
    }

    private static List<String> unsent(TestingCaravan caravan, String feed) throws SQLException {
        return caravan.lines("SELECT load_id FROM caravan.unsent_dead_letters WHERE feed = '" + feed + "'");
    }

    private Path endpoint() {
        return directory.resolve("dead-letters");
    }

    private String uri() {
        return "file:" + endpoint() + "?fileName=${header.CaravanLoadId}";
    }

    private List<String> messages() throws IOException {
        try (Stream<Path> files = Files.list(endpoint())) {
            return files.map(DeadLetterEndpointIT::read).toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
