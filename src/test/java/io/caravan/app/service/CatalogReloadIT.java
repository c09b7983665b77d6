package io.caravan.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan;
import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.camel.CamelRoutes;
import io.caravan.app.camel.Feeds;
import io.caravan.app.history.ServiceListener;
import io.caravan.app.settings.Settings;
import io.caravan.app.wiring.Wiring;
import io.caravan.model.catalog.CatalogColumn;
import io.caravan.model.feed.Feed;
import io.caravan.sandbox.fault.Fault;
import io.caravan.sandbox.fault.Fault.Kind;
import io.caravan.spi.LoadListener;
import io.caravan.testing.CrawledTable;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.TestingClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;

/** A feed whose table of the Data Catalog changes while it runs. */
@ExtendWith(SandboxExtension.class)
final class CatalogReloadIT {

    @TempDir
    Path directory;

    @Test
    void aFeedFollowsItsTableAndGoesOnWhileNobodyAnswers(TestSandbox sandbox) throws Exception {
        RouteDirectory files = new RouteDirectory(directory.resolve("routes"));
        files.feed("followed", "catalogTable", "moving.followed", "table", "public.followed", "keys", "id");
        sandbox.execute("CREATE TABLE public.followed (id INTEGER, name VARCHAR(20))");
        Settings settings = new TestingCaravan(sandbox, files).settings(StagedBy.INSERT);
        CrawledTable table = new CrawledTable("moving", "followed", "s3://" + sandbox.bucket() + "/followed/");
        try (GlueClient glue = sandbox.glue();
                Wiring wiring = new Wiring(settings)) {
            glue.createDatabase(create -> create.databaseInput(input -> input.name("moving")));
            table.columns("id bigint").create(glue);
            try (CamelRoutes routes = wiring.routes(Feeds.read(settings), LoadListener.NONE, false);
                    Reloader reloader =
                            new Reloader(settings, wiring, routes, Clock.systemUTC(), ServiceListener.NONE)) {
                routes.start();
                reloader.look();
                reloader.look();
                assertThat(columns(routes)).containsExactly("id");
                Instant begun = reloader.status().appliedAt();

                table.with("recordCount", "7").update(glue);
                reloader.look();
                assertThat(reloader.status().appliedAt()).isEqualTo(begun);

                table.columns("name string").update(glue);
                sandbox.sandbox().failNext(Fault.of(Kind.CATALOG_DENIED, "GetTable"));
                reloader.look();
                assertThat(columns(routes)).containsExactly("id");
                assertThat(reloader.status().reason()).contains("grant DESCRIBE on the table");

                reloader.look();
                assertThat(columns(routes)).containsExactly("id", "name");
                assertThat(reloader.status().isCurrent()).isTrue();
                assertThat(reloader.status().appliedAt()).isAfter(begun);
            }
        }
    }

    private static List<String> columns(CamelRoutes routes) {
        return routes.feeds().get(0).columns().shape().columns().stream()
                .map(CatalogColumn::name)
                .toList();
    }

    /** Nothing of it is in the files: the service has to ask again by itself. */
    @ParameterizedTest
    @EnumSource(names = {"CATALOG_THROTTLED", "CATALOG_DENIED", "CATALOG_TIMEOUT", "CATALOG_CUT"})
    void aFeedWhoseCatalogCouldNotBeAskedAtTheStartComesUpByItself(Kind kind, TestSandbox sandbox) throws Exception {
        String name = kind.name().toLowerCase(Locale.ROOT);
        RouteDirectory files = new RouteDirectory(directory.resolve("routes"));
        files.feed(name, "catalogTable", "late." + name, "table", "public." + name, "keys", "id");
        files.ownFeed(name + "_other", sandbox.bucket(), "id");
        sandbox.execute(
                "CREATE TABLE public." + name + " (id INTEGER)", "CREATE TABLE public." + name + "_other (id INTEGER)");
        Settings settings = new TestingCaravan(sandbox, files).settings(StagedBy.INSERT);
        TestingClock clock = new TestingClock();
        try (GlueClient glue = sandbox.glue();
                Wiring wiring = new Wiring(settings)) {
            try {
                glue.createDatabase(create -> create.databaseInput(input -> input.name("late")));
            } catch (AlreadyExistsException e) {
                // By the kind before this one.
            }
            new CrawledTable("late", name, "s3://" + sandbox.bucket() + "/" + name + "/")
                    .columns("id bigint")
                    .create(glue);
            // Of these the SDK asks again by itself, twice.
            int asked = kind == Kind.CATALOG_THROTTLED || kind == Kind.CATALOG_CUT ? 3 : 1;
            for (int i = 0; i < asked; i++) {
                sandbox.sandbox().failNext(Fault.of(kind, "GetTable"));
            }
            try (CamelRoutes routes = wiring.routes(Feeds.look(settings), LoadListener.NONE, false);
                    Reloader reloader = new Reloader(settings, wiring, routes, clock, ServiceListener.NONE)) {
                routes.start();
                reloader.look();
                assertThat(names(routes)).containsExactly(name + "_other");
                assertThat(reloader.status().reason()).contains("late." + name);

                clock.passSeconds(30);
                reloader.look();

                assertThat(names(routes)).containsExactlyInAnyOrder(name, name + "_other");
                assertThat(reloader.status().isCurrent()).isTrue();
                assertThat(reloader.status().reason()).isNull();
            }
        }
    }

    private static List<String> names(CamelRoutes routes) {
        return routes.feeds().stream().map(Feed::name).toList();
    }
}
