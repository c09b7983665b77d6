package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects whose keys hold the time are in the order of their keys, whenever S3 has stored them. */
@ExtendWith(SandboxExtension.class)
class OrderByKeyIT {

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    OrderByKeyIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    /**
     * One case: the objects 2 and 1 come together, in this order, then 3, then 0, which is late; each time by a new process.
     *
     * @param together what becomes of the first two
     * @param late what becomes of the last one: outcome and counts
     * @param rows the table at the end
     */
    record Case(String mode, List<String> parameters, List<String> together, String late, List<String> rows) {

        @Override
        public String toString() {
            return mode;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "upsert",
                        List.of(),
                        List.of("1 loaded 2 1 0 0 1 0", "2 loaded 2 2 0 0 0 0"),
                        "0 loaded 3 1 0 0 0 2",
                        List.of("0 zero", "1 three", "11 one", "2 two", "3 three")),
                new Case(
                        "append",
                        List.of("mode", "append"),
                        List.of("1 loaded 2 2 0 0 0 0", "2 loaded 2 2 0 0 0 0"),
                        "0 loaded 3 3 0 0 0 0",
                        List.of(
                                "0 zero", "1 one", "1 three", "1 two", "1 zero", "11 one", "11 zero", "2 two",
                                "3 three")),
                new Case(
                        "replace",
                        List.of("mode", "replace"),
                        List.of("2 loaded 2 2 0 0 0 0", "1 superseded 0 0 0 0 0 0"),
                        "0 superseded 0 0 0 0 0 0",
                        List.of("1 three", "3 three")),
                new Case(
                        "mirror",
                        List.of("mode", "mirror", "maxDeletedRatio", "1"),
                        List.of("2 loaded 2 2 0 0 0 0", "1 superseded 0 0 0 0 0 0"),
                        "0 superseded 0 0 0 0 0 0",
                        List.of("1 three", "3 three")),
                new Case(
                        "changes",
                        List.of("mode", "changes"),
                        List.of("1 loaded 2 1 0 0 1 0", "2 loaded 2 2 0 0 0 0"),
                        "0 loaded 3 0 0 0 0 3",
                        List.of("1 three", "11 one", "2 two", "3 three")),
                new Case(
                        "duplicates first",
                        List.of("duplicates", "first"),
                        List.of("1 loaded 2 2 0 0 0 0", "2 loaded 2 1 0 0 1 0"),
                        "0 loaded 3 1 0 0 0 2",
                        List.of("0 zero", "1 three", "11 one", "2 two", "3 three")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theKeyAloneDecides(Case c) throws SQLException {
        String name = "by_key_" + c.mode().replace(' ', '_').toLowerCase(Locale.ROOT);
        sandbox.execute("CREATE TABLE public." + name + " (id INTEGER, name VARCHAR(20))");
        RouteDirectory routes = new RouteDirectory(directory.resolve(name));
        List<String> all = new ArrayList<>(
                List.of("bucket", sandbox.bucket(), "prefix", name + "/", "table", "public." + name, "keys", "id"));
        all.addAll(List.of("orderBy", "key"));
        all.addAll(c.parameters());
        routes.feed(name, all.toArray(String[]::new));
        TestingCaravan caravan = new TestingCaravan(sandbox, routes);

        put(name, "2", "id,name\n1,two\n2,two\n");
        put(name, "1", "id,name\n1,one\n11,one\n");
        assertThat(load(caravan, name)).isEqualTo(c.together());
        put(name, "3", "id,name\n1,three\n3,three\n");
        assertThat(load(caravan, name)).hasSize(1).first().asString().startsWith("3 loaded 2 ");
        put(name, "0", "id,name\n0,zero\n1,zero\n11,zero\n");
        assertThat(load(caravan, name)).containsExactly(c.late());
        assertThat(load(caravan, name)).isEmpty();
        assertThat(caravan.lines("SELECT * FROM public." + name).stream().sorted())
                .containsExactlyElementsOf(c.rows());
    }

    private void put(String name, String key, String content) {
        sandbox.put(name + "/" + key, content);
    }

    private static List<String> load(TestingCaravan caravan, String name) {
        return caravan.load(StagedBy.INSERT, name).stream()
                .map(line -> line.substring(name.length() + 1))
                .toList();
    }
}
