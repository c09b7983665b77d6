package io.caravan.app.check;

import static org.assertj.core.api.Assertions.assertThat;

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

class OverlappingPrefixesTest {

    @TempDir
    private Path directory;

    private RouteDirectory routes;

    @BeforeEach
    void copyTemplate() {
        routes = new RouteDirectory(directory.resolve("routes"));
    }

    @Test
    void aPrefixThatIsTheBeginningOfAnothersIsToldOf() throws IOException {
        feed("customer", "b", "customer");
        feed("orders", "b", "customer_orders/");
        feed("archive", "b", "customer_archive");
        feed("elsewhere", "c", "customer_orders/");

        assertThat(warnings())
                .containsExactly(
                        "customer: its prefix 'customer' also takes the objects of archive ('customer_archive'),"
                                + " orders ('customer_orders/'); let it end in a slash, 'customer/'");
    }

    @Test
    void aSlashHelpsOnlyWhereTheOtherIsNotBehindIt() throws IOException {
        feed("all", "b", "");
        feed("in", "b", "in");
        feed("deep", "b", "in/deep/");

        assertThat(warnings())
                .containsExactly(
                        "all: its prefix '' also takes the objects of deep ('in/deep/'), in ('in'); give it a longer one,"
                                + " or leave them out by 'exclude', unless that is meant",
                        "in: its prefix 'in' also takes the objects of deep ('in/deep/'); give it a longer one, or"
                                + " leave them out by 'exclude', unless that is meant");
    }

    @Test
    void whatIsLeftOutOrHasAPrefixOfSeveralIsKnown() throws IOException {
        feed("in", "b", "in/", "exclude", "deep/**");
        feed("some", "b", "[in/de, other/]", "include", "*.csv");
        feed("deep", "b", "in/deep/");
        feed("others", "b", "[x/, other/y/]");

        assertThat(warnings())
                .containsExactly(
                        "in: its prefix 'in/' also takes the objects of some ('in/de'); give it a longer one, or leave them"
                                + " out by 'exclude', unless that is meant",
                        "some: its prefix 'in/de' also takes the objects of deep ('in/deep/'); let it end in a slash, 'in/de/'",
                        "some: its prefix 'other/' also takes the objects of others ('other/y/'); give it a longer one, or"
                                + " leave them out by 'exclude', unless that is meant");
    }

    @Test
    void feedsThatShareAPrefixOrDoNotMeetMeanTo() throws IOException {
        feed("one", "b", "in/");
        feed("two", "b", "in/");
        feed("other", "b", "inner/");

        assertThat(warnings()).isEmpty();
    }

    private void feed(String name, String bucket, String prefix, String... more) {
        routes.feed(
                name,
                Stream.concat(
                                Stream.of("bucket", bucket, "prefix", prefix, "table", "public." + name, "keys", "id"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private List<String> warnings() throws IOException {
        return OverlappingPrefixes.warnings(new RouteFiles(RouteSnapshot.read(routes.path()), Map.of(), true)
                        .read()
                        .checked())
                .stream()
                .map(warning -> warning.feed() + ": " + warning.text())
                .toList();
    }
}
