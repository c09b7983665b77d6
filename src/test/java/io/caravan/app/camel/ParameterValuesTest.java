package io.caravan.app.camel;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.CaravanException;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.feed.Feed;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.route.S3ObjectsComponent;
import io.caravan.route.S3ObjectsConsumer;
import io.caravan.route.StepBeans;
import io.caravan.route.parameter.FeedParameters;
import io.caravan.spi.LoadListener;
import io.caravan.spi.NotificationQueues;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.TestingDeadLetters;
import io.caravan.testing.TestingLoads;
import io.caravan.testing.TestingObjectStore;
import io.caravan.testing.TestingWarehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The value of a feed's parameter is what the YAML says, on its way through a route file and Camel to a load. */
class ParameterValuesTest {

    private static final String PROOF = "caravan-executed";

    private static final List<String> VALUES = List.of(
            "\\N",
            "\\",
            "\\\\",
            "\\d",
            "\\t",
            "x\\",
            "[A-Z]\\d",
            "C:\\x",
            "\\{",
            "#",
            "#N/A",
            "#class:java.lang.Object",
            "#class:java.io.File#createTempFile('" + PROOF + "','x')",
            "#bean:ledger",
            "#bean:x",
            "#ledger",
            "#type:java.lang.String",
            "#valueAs(java.lang.Integer):7",
            "#autowired",
            "#property:user.home",
            "${sys.user.home}",
            "$simple{sys.user.home}",
            "${bean:type:java.io.File?method=createTempFile('" + PROOF + "','x')}",
            "RAW(x)",
            "RAW({x})",
            "a)&delay=1",
            "%",
            "%41",
            "a%2Fb+c",
            "?",
            "?nested=true",
            "&",
            "&&",
            "'",
            "\"",
            "'x'",
            "\"x\"",
            ",",
            ";",
            "{",
            "}}",
            "{x}}",
            " x ",
            "\tx",
            "a\nb",
            "\n",
            "😀",
            "Exchange.FILE_NAME",
            "resource:classpath:x",
            "file:x",
            "feed",
            "loads",
            "null",
            "~",
            "007",
            "1e3");

    private static final Map<String, String> USUAL =
            Map.of("bucket", "source", "prefix", "in/", "table", "public.customer", "keys", "id", "maxTries", "1");

    private static final NotificationQueues NO_QUEUES = (queue, feed) -> {
        throw new AssertionError("nobody polls");
    };

    private final TestingObjectStore store = new TestingObjectStore();
    private final TestingWarehouse warehouse = new TestingWarehouse(new TargetTable(
            TableName.parse("public.customer"),
            List.of(
                    new Column("id", ColumnType.of(Kind.INTEGER), false, false),
                    new Column("name", ColumnType.varchar(20), true, false))));
    private final TestingLoads loads =
            TestingLoads.of(store, warehouse, Duration.ofDays(1), LoadListener.NONE, Clock.systemUTC(), new Random(1));

    @TempDir
    private Path directory;

    @Test
    void everyParameterIsWhatItsFileSays() throws Exception {
        List<RouteTemplateParameterDefinition> known = template();
        Map<String, Map<String, String>> feeds = new LinkedHashMap<>();
        for (RouteTemplateParameterDefinition parameter : known) {
            for (int i = 0; i < VALUES.size(); i++) {
                Map<String, String> values = new HashMap<>(USUAL);
                values.put(parameter.getName(), VALUES.get(i));
                feeds.put(parameter.getName() + "-" + i + "-", values);
            }
        }

        for (Map.Entry<String, String> refused : refused(feeds, Map.of()).entrySet()) {
            String name = refused.getKey();
            String value = requireNonNull(feeds.get(name)).getOrDefault(name.substring(0, name.indexOf('-')), "");
            if (!value.isBlank() && !isExplained(refused.getValue())) {
                // Of a list, the piece that does not hold.
                assertThat(Stream.concat(Stream.of(value), Stream.of(value.split("[,;]", -1)))
                                .map(String::strip)
                                .filter(piece -> !piece.isEmpty()))
                        .as(refused.getValue())
                        .anyMatch(refused.getValue()::contains);
            }
            feeds.remove(name);
        }
        assertThat(feeds).hasSizeGreaterThan(300);
        Map<String, String> defaults = known.stream()
                .filter(parameter -> parameter.getDefaultValue() != null)
                .collect(toMap(
                        RouteTemplateParameterDefinition::getName, RouteTemplateParameterDefinition::getDefaultValue));
        run(read(feeds, Map.of()), (checked, running) -> {
            Map<String, String> values = new HashMap<>(defaults);
            values.putAll(requireNonNull(feeds.get(running.name())));
            Feed written = new FeedParameters(running.name(), values).feed();
            assertThat(checked).isEqualTo(written);
            assertThat(running).isEqualTo(written);
        });
    }

    @Test
    void whatAPlaceholderStandsForIsNotReadAgain() throws Exception {
        Map<String, Map<String, String>> feeds = new LinkedHashMap<>();
        Map<String, String> properties = new HashMap<>();
        List<String> values = new ArrayList<>(VALUES);
        values.addAll(List.of("{{user.home}}", "\\{{x}}", "{{", "x}}\\"));
        for (int i = 0; i < values.size(); i++) {
            properties.put("value." + i, values.get(i));
            Map<String, String> parameters = new HashMap<>(USUAL);
            parameters.put("nullString", "{{value." + i + "}}");
            parameters.put("prefix", "<{{value." + i + "}}\\");
            parameters.put("postSql", "SELECT '{{value." + i + "}}'");
            feeds.put("f" + i, parameters);
        }

        run(read(feeds, properties), (checked, running) -> {
            String value = values.get(Integer.parseInt(running.name().substring(1)));
            assertThat(running).isEqualTo(checked);
            // Its commas part the texts of a list.
            assertThat(String.join(",", running.csv().nulls().texts())).isEqualTo(value);
            assertThat(running.prefixes()).containsExactly("<" + value + "\\");
            assertThat(running.sql().after()).isEqualTo("SELECT '" + value + "'");
        });
    }

    /** Whether a message says in its own words what the value is. */
    private static boolean isExplained(String message) {
        return Stream.of(
                        "a double quote is not closed",
                        "'distKey' is one column",
                        "'onInvalid' is reject or truncate or null",
                        "cannot go with 'sequenceBy'",
                        "need 'createTable' to be true")
                .anyMatch(message::contains);
    }

    private interface Look {
        void at(Feed checked, Feed running);
    }

    /** Makes routes of all feeds, and runs each of them once. */
    private void run(RouteSet set, Look look) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addComponent(
                    "s3-objects",
                    new S3ObjectsComponent(
                            feed -> store, loads.loads(), loads.feeds(), NO_QUEUES, false, feed -> true, null));
            new StepBeans(loads.loads(), warehouse, new TestingDeadLetters(), null).bind(context.getRegistry()::bind);
            context.getStreamCachingStrategy().setEnabled(false);
            new RunningRoutes(context).become(set);
            context.start();
            for (FeedFile file : set.checked()) {
                Feed feed = file.feed();
                S3ObjectsConsumer consumer =
                        (S3ObjectsConsumer) context.getRoute(feed.name()).getConsumer();
                look.at(feed, consumer.feed());
                store.put(feed.bucket(), feed.prefixes().get(0) + feed.name() + ".csv", "id,name\n1,Ada\n");
                try {
                    consumer.pass();
                } catch (CaravanException e) {
                    // Not every feed fits the table.
                    assertThat(e.code().name()).as(feed.name()).doesNotContain("UNEXPECTED");
                }
            }
        }
        assertThat(warehouse.loads()).isNotEmpty();
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith(PROOF));
        }
    }

    private List<RouteTemplateParameterDefinition> template() throws Exception {
        Path file = Path.of("routes", "s3-csv-to-redshift.camel.yaml");
        try (DefaultCamelContext context = new DefaultCamelContext(false)) {
            context.build();
            return RouteFile.parse(context, "t.camel.yaml", Files.readString(file))
                    .templates()
                    .get(0)
                    .getTemplateParameters();
        }
    }

    /** Returns what is said of each feed that does not hold. */
    private Map<String, String> refused(Map<String, Map<String, String>> feeds, Map<String, String> properties)
            throws IOException {
        try {
            read(feeds, properties);
            return Map.of();
        } catch (InvalidConfigurationException e) {
            Map<String, String> refused = new HashMap<>();
            for (String message : e.getMessage().split("(^|\\n)feeds.camel.yaml: [Ff]eed ", -1)) {
                if (!message.isEmpty()) {
                    refused.put(message.split("[: ]", 2)[0], message);
                }
            }
            return refused;
        }
    }

    private RouteSet read(Map<String, Map<String, String>> feeds, Map<String, String> properties) throws IOException {
        StringBuilder yaml = new StringBuilder();
        feeds.forEach((name, values) -> {
            yaml.append("- templatedRoute:\n    routeId: ").append(name);
            yaml.append("\n    routeTemplateRef: s3-csv-to-redshift\n    parameters:\n");
            values.forEach((parameter, value) -> yaml.append("      - { name: ")
                    .append(parameter)
                    .append(", value: ")
                    .append(RouteDirectory.quote(value))
                    .append(" }\n"));
        });
        SortedMap<String, String> texts = new TreeMap<>();
        texts.put("template.camel.yaml", Files.readString(Path.of("routes", "s3-csv-to-redshift.camel.yaml")));
        texts.put("feeds.camel.yaml", yaml.toString());
        return new RouteFiles(new RouteSnapshot(directory, texts), properties, true).read();
    }
}
