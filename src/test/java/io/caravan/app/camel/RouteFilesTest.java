package io.caravan.app.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFilesTest {

    private static final Path TEMPLATE = Path.of("routes/s3-csv-to-redshift.camel.yaml");

    @TempDir
    Path directory;

    @BeforeEach
    void copyTemplate() throws IOException {
        Files.copy(TEMPLATE, directory.resolve("template.camel.yaml"));
    }

    @Test
    void theShippedFeedsHold() throws IOException {
        assertThat(feeds(Path.of("routes"), Map.of()))
                .extracting(feed -> feed.feed().name())
                .contains("employee");
    }

    @Test
    void aFeedIsReadWithItsPlaceholdersFilled() throws IOException {
        write("a.camel.yaml", feed("employee", "{ name: bucket, value: '{{my.bucket}}' }"));

        List<FeedFile> feeds = feeds(directory, Map.of("my.bucket", "source"));

        assertThat(feeds).extracting(FeedFile::file).containsExactly("a.camel.yaml");
        assertThat(feeds.get(0).feed().bucket()).isEqualTo("source");
        assertThat(feeds.get(0).feed().limits().maxRejectedRows()).isEqualTo(10_000);
    }

    @Test
    void everyProblemOfEveryFileIsNamedAtOnce() throws IOException {
        write("a.camel.yaml", feed("one", "{ name: bucket, value: b }"));
        write("b.camel.yaml", feed("one", "{ name: bucket, value: b }"));
        write("c.camel.yaml", feed("three", "{ name: buckett, value: b }"));
        write("d.camel.yaml", "this: is: not: yaml\n");
        write("e.camel.yaml", feed("five", "{ name: bucket, value: b }").replace("s3-csv-to-redshift", "no-such"));
        write("f.camel.yaml", feed("six", "{ name: bucket, value: b }").replace("templatedRoute", "templatedRouts"));
        write("g.camel.yaml", feed("seven", "{ name: bucket, value: '{{nowhere}}' }"));

        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> feeds(directory, Map.of()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ROUTE_FILE))
                .satisfies(e -> assertThat(e.getMessage().lines())
                        .satisfiesExactlyInAnyOrder(
                                line -> assertThat(line)
                                        .startsWith(
                                                "b.camel.yaml: the feed name 'one' is already taken in a.camel.yaml"),
                                line -> assertThat(line)
                                        .startsWith("c.camel.yaml: feed three has a parameter 'buckett' that its"
                                                + " template does not know; is it 'bucket'?"),
                                line -> assertThat(line).contains("feed three lacks the parameter 'bucket'"),
                                line -> assertThat(line).startsWith("d.camel.yaml: "),
                                line -> assertThat(line)
                                        .startsWith("e.camel.yaml: there is no route template 'no-such'"),
                                line -> assertThat(line)
                                        .startsWith("f.camel.yaml: ")
                                        .contains("templatedRouts"),
                                line -> assertThat(line)
                                        .startsWith("g.camel.yaml: ")
                                        .contains("nowhere")));
    }

    @Test
    void aPlaceholderWithoutAValueIsNamedWithItsParameter() throws IOException {
        write(
                "a.camel.yaml",
                feed("one", "{ name: bucket, value: '{{nowhere}}' }", "{ name: nullString, value: 'a{{2}' }"));

        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> feeds(directory, Map.of()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.FEED_INVALID))
                .satisfies(e -> assertThat(e.getMessage().lines())
                        .containsExactlyInAnyOrder(
                                "a.camel.yaml: feed one: 'bucket' has the placeholder '{{nowhere}}', for which neither the"
                                        + " environment nor application.properties has a value; set one, or write"
                                        + " {{nowhere:DEFAULT}}; two braces are written \\{{",
                                "a.camel.yaml: feed one: 'nullString' has '{{' without '}}' after it; two braces are"
                                        + " written \\{{"));
    }

    @Test
    void aTemplateThatHandsParametersOnIsToBeChanged() throws IOException {
        write(
                "template.camel.yaml",
                Files.readString(TEMPLATE)
                        .replace(
                                "    route:\n      # A load",
                                """
                                    beans:
                                      - name: feed
                                        type: io.caravan.route.FeedBean
                                        properties:
                                          loads: '#bean:loads'
                                          parameters:
                                            nullString: '{{nullString}}'
                                    route:
                                      # A load\
                                """)
                        .replace(
                                "          initialDelay: 0\n",
                                "          prefix: 'RAW({{prefix}})'\n          delay: '{{pollDelay}}'\n"));
        write("a.camel.yaml", feed("one", "{ name: bucket, value: b }"));

        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> feeds(directory, Map.of()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ROUTE_FILE))
                .withMessage(
                        "template.camel.yaml: route template 's3-csv-to-redshift' hands parameters on, which feeds now"
                                + " take from their files as they are; delete 'parameters' of the bean 'feed', 'delay' of"
                                + " s3-objects:, 'prefix' of s3-objects:, and give what had a value of its own there to that"
                                + " parameter as its defaultValue");
    }

    @Test
    void aQueueIsOneFeedsOnly() throws IOException {
        String account = "https://sqs.eu-west-1.amazonaws.com/123456789012/";
        write("a.camel.yaml", feed("one", "{ name: bucket, value: b }", "{ name: queue, value: '" + account + "q' }"));
        write("b.camel.yaml", feed("two", "{ name: bucket, value: b }", "{ name: queue, value: '" + account + "r' }"));
        write(
                "c.camel.yaml",
                feed(
                        "three",
                        "{ name: bucket, value: b }",
                        "{ name: queue, value: 'arn:aws:sqs:eu-west-1:123456789012:q' }"));
        write("d.camel.yaml", feed("four", "{ name: bucket, value: b }", "{ name: queue, value: 'arn:aws:sqs:x' }"));

        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> feeds(directory, Map.of()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.FEED_INVALID))
                .withMessage(
                        "c.camel.yaml: feed three has the queue arn:aws:sqs:eu-west-1:123456789012:q, which is feed"
                                + " one's in a.camel.yaml, and a message reaches only one of them; give each feed a queue of its"
                                + " own\nd.camel.yaml: Feed four: 'queue' is the URL, the ARN or the name of an SQS queue, and not"
                                + " 'arn:aws:sqs:x'");
    }

    @Test
    void whatNeedsCopyIsRefusedWithoutIt() throws IOException {
        write("a.camel.yaml", feed("one", "{ name: bucket, value: b }", "{ name: staging, value: direct }"));
        write("b.camel.yaml", feed("two", "{ name: bucket, value: b }", "{ name: rememberRows, value: true }"));
        write("c.camel.yaml", feed("three", "{ name: bucket, value: b }"));

        assertThat(feeds(directory, Map.of())).hasSize(3);
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> new RouteFiles(RouteSnapshot.read(directory), Map.of(), false).read())
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTING_MISSING))
                .withMessage(
                        "a.camel.yaml: feed one has 'staging: direct', for which rows must be staged by COPY; set"
                                + " caravan.staging.bucket, caravan.staging.prefix and caravan.staging.iam-role, or leave it out\n"
                                + "b.camel.yaml: feed two has 'rememberRows', for which rows must be staged by COPY; set"
                                + " caravan.staging.bucket, caravan.staging.prefix and caravan.staging.iam-role, or leave it out");
    }

    @Test
    void aFileThatIsWrongTakesNothingFromTheOthersNorFromWhatWasBefore() throws IOException {
        write("a.camel.yaml", feed("one", "{ name: bucket, value: b }"));
        write("b.camel.yaml", feed("two", "{ name: bucket, value: b }") + feed("three", "{ name: bucket, value: b }"));
        RouteSet before = look();
        assertThat(before.problems()).isEmpty();

        write("a.camel.yaml", "- templatedRoute:\n    routeId: one\n  nonsense: [\n");
        write("b.camel.yaml", feed("two", "{ name: bucket, value: c }") + feed("three", "{ name: bucke, value: b }"));
        write("c.camel.yaml", feed("two", "{ name: bucket, value: d }"));
        write("d.yaml", "Only: a: note");
        RouteSet now = look();
        assertThat(now.feeds().keySet()).containsExactly("two");
        assertThat(now.stopped().stream().map(RouteProblem::feed)).containsExactly("one", "d", "three");
        assertThat(now.problems().stream().map(RouteProblem::file).distinct())
                .containsExactly("a.camel.yaml", "d.yaml", "b.camel.yaml", "c.camel.yaml");

        RouteSet kept = now.keeping(before);
        assertThat(kept.feeds().keySet()).containsExactly("one", "three", "two");
        assertThat(kept.hasAsBefore("one", before)).isTrue();
        assertThat(kept.hasAsBefore("three", before)).isTrue();
        assertThat(kept.hasAsBefore("two", before)).as("it is repeated").isTrue();
        assertThat(kept.checked()).hasSize(3);
        assertThat(kept.stopped().stream().map(RouteProblem::feed)).containsExactly("d");
    }

    @Test
    void filesOfSeveralDirectoriesAreToldApart() throws IOException {
        Path sales = Files.createDirectory(directory.resolve("sales"));
        Path people = Files.createDirectory(directory.resolve("people"));
        Files.move(directory.resolve("template.camel.yaml"), people.resolve("template.camel.yaml"));
        write("sales/feeds.camel.yaml", feed("one", "{ name: bucket, value: b }"));
        write("people/feeds.camel.yaml", feed("one", "{ name: bucket, value: b }"));
        write("people/broken.camel.yaml", "- [");
        write("left-out.camel.yaml", feed("two", "{ name: bucket, value: b }"));

        RouteSet set = new RouteFiles(RouteSnapshot.read(List.of(sales, people)), Map.of(), true).look();

        assertThat(set.checked()).extracting(FeedFile::file).containsExactly(people + "/feeds.camel.yaml");
        assertThat(set.problems()).extracting(RouteProblem::feed).containsExactly("broken", "one");
        assertThat(set.problems().get(0).file()).isEqualTo(people + "/broken.camel.yaml");
        assertThat(set.problems().get(1).text())
                .isEqualTo(sales + "/feeds.camel.yaml: the feed name 'one' is already taken in " + people
                        + "/feeds.camel.yaml; give one of them another routeId");
        assertThat(RouteSnapshot.read(List.of(sales, people))).isEqualTo(set.snapshot());
        Files.delete(sales.resolve("feeds.camel.yaml"));
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> new RouteFiles(RouteSnapshot.read(List.of(sales)), Map.of(), true).look())
                .withMessageStartingWith(sales + " holds no route file");
    }

    private RouteSet look() throws IOException {
        return new RouteFiles(RouteSnapshot.read(directory), Map.of(), true).look();
    }

    private static List<FeedFile> feeds(Path directory, Map<String, String> properties) throws IOException {
        return new RouteFiles(RouteSnapshot.read(directory), properties, true)
                .read()
                .checked();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private static String feed(String name, String... parameters) {
        return """
                - templatedRoute:
                    routeId: %s
                    routeTemplateRef: s3-csv-to-redshift
                    parameters:
                      - %s
                      - { name: table, value: public.employee }
                      - { name: keys, value: customer_id }
                """
                .formatted(name, String.join("\n      - ", parameters));
    }
}
