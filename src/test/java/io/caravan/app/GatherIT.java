package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A feed that lets small objects gather, from its file on. That it waits no longer than it says is the unit tests' to show. */
@ExtendWith(SandboxExtension.class)
class GatherIT {

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    GatherIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void aFewObjectsWaitAndAFullLoadAndASinglePassDoNot() throws Exception {
        RouteDirectory routes = new RouteDirectory(directory.resolve("routes"));
        sandbox.execute("CREATE TABLE public.gathered (id INTEGER)");
        routes.ownFeed("gathered", sandbox.bucket(), "id", "gather", "1h", "maxObjectsPerLoad", "2");
        TestingCaravan caravan = new TestingCaravan(sandbox, routes);

        sandbox.put("gathered/1.csv", "id\n1\n");
        try (TestingService service = caravan.serve(StagedBy.COPY)) {
            Waiting.until(
                    "the object is seen",
                    () -> service.status("gathered").backlog().objects() == 1);
            assertThat(service.events()).isEmpty();
        }
        assertThat(caravan.lines("SELECT * FROM public.gathered"))
                .as("the service stops while it waits")
                .isEmpty();

        sandbox.put("gathered/2.csv", "id\n2\n");
        sandbox.put("gathered/3.csv", "id\n3\n");
        try (TestingService service = caravan.serve(StagedBy.COPY)) {
            Waiting.until("a full load is loaded", () -> service.events().equals(List.of("loaded 2", "loaded 1")));
        }

        sandbox.put("gathered/4.csv", "id\n4\n");
        assertThat(caravan.load(StagedBy.COPY, "gathered")).containsExactly("gathered/4.csv loaded 1 1 0 0 0 0");
    }
}
