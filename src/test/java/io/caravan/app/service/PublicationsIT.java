package io.caravan.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan;
import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.camel.CamelRoutes;
import io.caravan.app.camel.Feeds;
import io.caravan.app.settings.Settings;
import io.caravan.app.wiring.Wiring;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.model.status.PublishStatus;
import io.caravan.sandbox.fault.Fault;
import io.caravan.sandbox.fault.Fault.Kind;
import io.caravan.spi.LoadListener;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.GlueClient;

/** Tables of the Data Catalog that the service keeps true to what its feeds load. */
@ExtendWith(SandboxExtension.class)
final class PublicationsIT {

    @TempDir
    Path directory;

    @Test
    void whatIsLoadedIsPublishedAndWhatFailsIsToldOf(TestSandbox sandbox) throws Exception {
        RouteDirectory files = new RouteDirectory(directory.resolve("routes"));
        files.ownFeed("kept", sandbox.bucket(), "id", "createTable", "true", "publishTo", "served.kept");
        sandbox.put("kept/a.csv", "id\n1\n");
        sandbox.sandbox().failNext(Fault.of(Kind.CATALOG_DENIED, "CreateTable"));
        Settings settings = new TestingCaravan(sandbox, files).settings(StagedBy.INSERT);
        List<ErrorCode> told = new CopyOnWriteArrayList<>();
        LoadListener events = new LoadListener() {
            @Override
            public void publishFailed(String feedName, CaravanException reason) {
                told.add(reason.code());
            }
        };
        try (GlueClient glue = sandbox.glue();
                Wiring wiring = new Wiring(settings);
                Publications publications = new Publications(wiring::publisher, events, Clock.systemUTC());
                CamelRoutes routes = wiring.routes(Feeds.read(settings), publications, false)) {
            publications.serve(() -> routes.current().checked());
            routes.start();
            routes.pass("kept");
            Waiting.until("it has failed", () -> publications.statuses().stream()
                    .anyMatch(status -> status.errorCode() == ErrorCode.CATALOG_DENIED && status.nextTry() != null));
            assertThat(told).containsExactly(ErrorCode.CATALOG_DENIED);

            sandbox.put("kept/b.csv", "id\n2\n");
            routes.pass("kept");
            Waiting.until("it is published", () -> publications.statuses().stream()
                    .map(PublishStatus::failingSince)
                    .allMatch(since -> since == null));
            assertThat(glue.getTable(get -> get.databaseName("served").name("kept"))
                            .table()
                            .parameters())
                    .containsEntry("recordCount", "2");
            assertThat(publications.statuses()).extracting(PublishStatus::table).containsExactly("served.kept");
        }
    }
}
