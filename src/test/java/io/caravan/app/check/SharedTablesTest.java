package io.caravan.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.camel.FeedFile;
import io.caravan.app.camel.RouteFiles;
import io.caravan.app.camel.RouteSnapshot;
import io.caravan.testing.RouteDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedTablesTest {

    @TempDir
    private Path directory;

    private RouteDirectory routes;

    @BeforeEach
    void copyTemplate() {
        routes = new RouteDirectory(directory.resolve("routes"));
    }

    @Test
    void feedsWhoseKeysMayMeetNeedAnOrder() throws IOException {
        feed("north", "public.orders", "sequenceBy", "at");
        feed("south", "public.orders");
        feed("west", "public.orders", "mode", "append");
        feed("alone", "public.customers");

        assertThat(warnings())
                .containsExactly("public.orders: feeds north, south load it, and south has no 'sequenceBy': where their"
                        + " matching keys meet, the object that is loaded last wins, whichever is the newer one; set"
                        + " 'sequenceBy' in each of them, or a mode that only inserts");
    }

    @Test
    void withAnOrderOrWithoutChangesOfRowsAllIsWell() throws IOException {
        feed("north", "public.orders", "sequenceBy", "at");
        feed("south", "public.orders", "sequenceBy", "at", "mode", "changes");
        feed("one", "public.log", "mode", "append");
        feed("two", "public.log", "mode", "insert-only");
        feed("three", "public.log");

        assertThat(warnings()).isEmpty();
    }

    @Test
    void keysWithAConstantOfEachFeedNeverMeet() throws IOException {
        feed("north", "public.orders", "keys", "Region, id", "constants", "region=north");
        feed("south", "public.orders", "keys", "id, region", "constants", "REGION=south");
        assertThat(warnings()).isEmpty();

        feed("east", "public.orders", "keys", "id, region");
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("feeds east, north, south load it, and east, north, south have no");
    }

    @Test
    void aSnapshotTakesAwayWhatOthersLoad() throws IOException {
        feed("whole", "public.orders", "mode", "mirror");
        feed("more", "public.orders", "sequenceBy", "at");

        assertThat(warnings())
                .singleElement()
                .asString()
                .startsWith("public.orders: feeds more, whole load it, and the objects of whole are full snapshots");
    }

    private List<String> warnings() throws IOException {
        List<FeedFile> feeds = new RouteFiles(RouteSnapshot.read(routes.path()), Map.of(), false)
                .read()
                .checked();
        return SharedTables.warnings(feeds).stream()
                .map(warning -> warning.target() + ": " + warning.text())
                .toList();
    }

    private void feed(String name, String table, String... more) {
        Stream<String> keys = List.of(more).contains("keys") ? Stream.of() : Stream.of("keys", "id");
        Stream<String> all = Stream.concat(
                Stream.concat(Stream.of("bucket", "b", "prefix", name + "/", "table", table), keys), Stream.of(more));
        routes.feed(name, all.toArray(String[]::new));
    }
}
