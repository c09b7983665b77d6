package io.caravan.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.status.FeedStatus;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.LoadListener;
import io.caravan.spi.NotificationQueues;
import io.caravan.testing.TestingDeadLetters;
import io.caravan.testing.TestingLoads;
import io.caravan.testing.TestingObjectStore;
import io.caravan.testing.TestingWarehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped route template, with an object store and a warehouse in memory. */
class RouteTemplateTest {

    private static final String FEED =
            """
            - templatedRoute:
                routeId: customers
                routeTemplateRef: s3-csv-to-redshift
                parameters:
                  - { name: bucket, value: source }
                  - { name: prefix, value: in/ }
                  - { name: table, value: public.customer }
                  - { name: keys, value: id }
                  - { name: rowsPerBatch, value: 2 }
                  - { name: maxRejectedRows, value: 2 }
                  - { name: maxTries, value: 3 }
                  - { name: retryDelay, value: 0 }
            """;

    private static final String COLUMNS_FEED =
            """
            - templatedRoute:
                routeId: members
                routeTemplateRef: s3-csv-to-redshift
                parameters:
                  - { name: bucket, value: source }
                  - { name: prefix, value: members/ }
                  - { name: table, value: public.customer }
                  - { name: keys, value: id }
                  - { name: schema, value: ignore }
                  - { name: missingColumns, value: "null" }
                  - { name: columns, value: "Nr=id, Nachname=name" }
                  - { name: formats, value: "id=1.234.567" }
                  - { name: onInvalid, value: "name=truncate" }
                  - name: rules
                    value: |
                      no digits = name: matches "[^\\d{}"";#]+";
                      id: between 1 and 99999
            """;

    private static final String SHARE_FEED =
            """
            - templatedRoute:
                routeId: share
                routeTemplateRef: s3-csv-to-redshift
                parameters:
                  - { name: bucket, value: source }
                  - { name: prefix, value: share/ }
                  - { name: table, value: public.customer }
                  - { name: keys, value: id }
                  - { name: maxRejectedRatio, value: 0.25 }
            """;

    private static final NotificationQueues NO_QUEUES = (queue, feed) -> {
        throw new AssertionError("no feed has a queue");
    };

    private static final Path TEMPLATE = Path.of("routes", "s3-csv-to-redshift.camel.yaml");

    private final TestingObjectStore store = new TestingObjectStore();
    private final TestingWarehouse warehouse = new TestingWarehouse(new TargetTable(
            TableName.parse("public.customer"),
            List.of(
                    new Column("id", ColumnType.of(Kind.INTEGER), false, false),
                    new Column("name", ColumnType.varchar(20), true, false))));
    private final TestingLoads loads =
            TestingLoads.of(store, warehouse, Duration.ofDays(1), LoadListener.NONE, Clock.systemUTC(), new Random(1));
    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void prepare() throws Exception {
        context.addComponent(
                "s3-objects",
                new S3ObjectsComponent(
                        feed -> store, loads.loads(), loads.feeds(), NO_QUEUES, false, feed -> true, null));
        new StepBeans(loads.loads(), warehouse, new TestingDeadLetters(), null).bind(context.getRegistry()::bind);
        context.getStreamCachingStrategy().setEnabled(false);
        start(Files.readString(TEMPLATE));
    }

    private void start(String template) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(
                        ResourceHelper.fromString("template.camel.yaml", template),
                        ResourceHelper.fromString("feed.camel.yaml", FEED),
                        ResourceHelper.fromString("columns.camel.yaml", COLUMNS_FEED),
                        ResourceHelper.fromString("share.camel.yaml", SHARE_FEED));
        context.start();
    }

    private void restart(String template) throws Exception {
        for (String feed : List.of("customers", "members", "share")) {
            context.getRouteController().stopRoute(feed);
            context.removeRoute(feed);
        }
        context.removeRouteTemplates("*");
        start(template);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void newObjectsLoadOldestFirst() throws Exception {
        store.put("source", "in/b.csv", "id,name\n1,Ada\n2,Bo\n");
        store.put("source", "in/a.csv", "name,id\nCy,1\n");
        store.put("source", "elsewhere.csv", "id,name\n9,No\n");

        assertThat(pass()).isEqualTo(2);

        assertThat(warehouse.rows().values()).containsExactly(List.of("1", "Cy"), List.of("2", "Bo"));
        assertThat(warehouse.loads()).hasSize(1);
        assertThat(warehouse.loads().get(0).objects())
                .extracting(LedgerEntry::counts)
                .containsExactly(new LoadCounts(2, 1, 0, 0, 1, 0), new LoadCounts(1, 1, 0, 0, 0, 0));
    }

    @Test
    void aTemplateMayMakeTheFirstStepsBeanItself() throws Exception {
        restart(Files.readString(TEMPLATE)
                .replace(
                        "    route:\n      # A load",
                        "    beans:\n      - name: first\n        type: io.caravan.route.FeedBean\n"
                                + "        properties: { loads: '#bean:loads' }\n    route:\n      # A load")
                .replace("ref: feed,", "ref: \"{{first}}\","));
        store.put("source", "in/a.csv", "id,name\n1,Ada\n");

        assertThat(pass()).isEqualTo(1);
        assertThat(warehouse.rows()).containsOnlyKeys("1");
    }

    @Test
    void whatIsLoadedIsNotLoadedAgain() throws Exception {
        store.put("source", "in/a.csv", "id,name\n1,Ada\n");
        pass();
        store.put("source", "in/a.csv", "id,name\n1,Ada\n");

        assertThat(pass()).isZero();
        assertThat(warehouse.loads()).hasSize(1);
    }

    @Test
    void firstAThenBThenAAgainEndsAsA() throws Exception {
        for (String name : List.of("Ada", "Bo", "Ada")) {
            store.put("source", "in/a.csv", "id,name\n1," + name + "\n");
            assertThat(pass()).isEqualTo(1);
        }

        assertThat(warehouse.rows().values()).containsExactly(List.of("1", "Ada"));
        assertThat(warehouse.loads()).hasSize(3);
    }

    @Test
    void whatAnotherReplicaLoadedInBetweenIsFoundOutWithoutAskingAtEachPoll() throws Exception {
        store.put("source", "in/a.csv", "id,name\n1,Ada\n");
        pass();
        // This one has not seen B, which the other one has loaded.
        warehouse.addToLedger(store.put("source", "in/a.csv", "id,name\n1,Bo\n"), Outcome.LOADED);
        store.put("source", "in/a.csv", "id,name\n1,Ada\n");
        int readings = warehouse.readings();

        assertThat(pass()).isEqualTo(1);

        assertThat(warehouse.readings()).isGreaterThan(readings);
        readings = warehouse.readings();
        assertThat(pass()).isZero();
        assertThat(warehouse.readings()).isEqualTo(readings);
    }

    @Test
    void badRowsGoToTheDeadLettersAndGoodOnesLoad() throws Exception {
        store.put("source", "in/a.csv", "id,name\n1,Ada\nx,Bo\n3\n4,Di\n");
        pass();

        assertThat(warehouse.rows()).containsOnlyKeys("1", "4");
        assertThat(warehouse.deadLetters())
                .extracting(row -> row.get(1) + " " + row.get(3) + " " + row.get(5))
                .containsExactly("3 VALUE_FORMAT x,Bo", "4 CSV_FIELD_COUNT 3");
    }

    @Test
    void oneBadObjectDoesNotStopTheOthers() throws Exception {
        store.put("source", "in/a.csv", "id,name\n1,Ada\n");
        store.put("source", "in/b.csv", "id,nickname\n2,Bo\n");
        store.put("source", "in/c.csv", "id,name\n3,\"Cy\n");
        store.put("source", "in/d.csv", "id,name\nx,1\nx,2\nx,3\n4,Di\n");
        store.put("source", "in/e.csv", "id,name\nx,1\n");
        store.put("source", "in/f.csv", "id,name\n6,Flo\n");

        assertThat(pass()).isEqualTo(6);

        assertThat(warehouse.rows()).containsOnlyKeys("1", "6");
        assertThat(warehouse.loads().get(0).objects())
                .extracting(LedgerEntry::outcome)
                .containsExactly(
                        Outcome.LOADED,
                        Outcome.REJECTED,
                        Outcome.REJECTED,
                        Outcome.REJECTED,
                        Outcome.REJECTED,
                        Outcome.LOADED);
        assertThat(warehouse.loads().get(0).objects())
                .extracting(LedgerEntry::errorCode)
                .containsExactly(
                        null,
                        ErrorCode.OBJECT_UNKNOWN_COLUMN,
                        ErrorCode.OBJECT_UNCLOSED_QUOTE,
                        ErrorCode.OBJECT_TOO_MANY_REJECTED_ROWS,
                        ErrorCode.OBJECT_NO_GOOD_ROW,
                        null);
    }

    @Test
    void objectsWithOtherColumnsWaitForALoadOfTheirOwn() throws Exception {
        store.put("source", "in/a.csv", "id,name\n1,Ada\n");
        store.put("source", "in/b.csv", "id\n2\n");
        store.put("source", "in/c.csv", "id,name\n3,Cy\n");
        pass();

        assertThat(warehouse.loads()).extracting(load -> load.objects().size()).containsExactly(1, 1, 1);
        assertThat(warehouse.rows()).containsOnlyKeys("1", "2", "3");
    }

    @Test
    void aLoadThatWasOvertakenStartsAgain() throws Exception {
        store.put("source", "in/a.csv", "id,name\n1,Ada\n");
        var second = store.put("source", "in/b.csv", "id,name\n2,Bo\n");
        warehouse.beforeLock(() -> warehouse.addToLedger(second, Outcome.LOADED));
        pass();

        assertThat(warehouse.rows()).containsOnlyKeys("1");
        assertThat(warehouse.loads())
                .extracting(load -> load.outcome() + " " + load.errorCode())
                .containsExactly("LOADED null");
    }

    @Test
    void aCommitWhoseOutcomeWasLostIsFoundInTheLedger() throws Exception {
        store.put("source", "in/a.csv", "id,name\n1,Ada\n");
        warehouse.failAfterCommit(new RetryableException(ErrorCode.COMMIT_LOST, "the connection died"));
        pass();

        assertThat(warehouse.loads()).extracting(load -> load.outcome()).containsExactly(Outcome.LOADED);
    }

    @Test
    void aLoadThatFailsIsTriedAgain() throws Exception {
        store.put("source", "in/a.csv", "id,name\n1,Ada\n");
        warehouse.beforeLock(() -> {
            throw new RetryableException(ErrorCode.WAREHOUSE_CONFLICT, "somebody else");
        });

        assertThat(pass()).isEqualTo(1);
        assertThat(warehouse.loads()).extracting(load -> load.outcome()).containsExactly(Outcome.LOADED);
        assertThat(warehouse.rows()).containsOnlyKeys("1");
    }

    @Test
    void aFailureThatStaysLeavesTheObjectsToTheNextPass() throws Exception {
        var object = store.put("source", "in/a.csv", "id,name\n1,Ada\n");
        store.put("source", "in/b.csv", "id,name\n2,Bo\n");
        store.fail(object, new RetryableException(ErrorCode.OBJECT_STORE_BUSY, "too much"));

        assertThatThrownBy(this::pass).hasMessage("too much");
        assertThat(warehouse.loads())
                .extracting(load -> load.outcome() + " " + load.errorCode() + " " + load.objects())
                .containsExactly("FAILED OBJECT_STORE_BUSY []");

        store.cure(object);
        assertThat(pass()).isEqualTo(2);
        assertThat(warehouse.rows()).containsOnlyKeys("1", "2");
    }

    @ParameterizedTest
    @EnumSource(names = {"OBJECT_DENIED", "OBJECT_ARCHIVED", "OBJECT_READ_FAILED", "OBJECT_TRUNCATED"})
    void anObjectThatCannotBeReadIsSetAsideAndTheOthersLoad(ErrorCode code) throws Exception {
        for (String key : List.of("a", "b", "c", "d")) {
            store.put("source", "in/" + key + ".csv", "id,name\n" + key.charAt(0) % 32 + ",x\n");
        }
        var object = store.put("source", "in/c.csv", "id,name\n3,changed\n");
        store.put("source", "in/e.csv", "id,name\n5,x\n");
        store.fail(object, new RetryableException(code, "no"));

        pass();

        assertThat(warehouse.rows()).containsOnlyKeys("1", "2", "4", "5");
        assertThat(warehouse.loads().stream()
                        .flatMap(load -> load.objects().stream())
                        .map(entry -> entry.object().key() + " " + entry.outcome())
                        .sorted())
                .containsExactly(
                        "in/a.csv LOADED", "in/b.csv LOADED", "in/c.csv FAILED", "in/d.csv LOADED", "in/e.csv LOADED");
        assertThat(status().setAside()).singleElement().satisfies(aside -> {
            assertThat(aside.object()).isEqualTo(object);
            assertThat(aside.errorCode()).isEqualTo(code);
        });

        store.cure(object);
        context.getRouteController().stopRoute("customers");
        context.getRouteController().startRoute("customers");
        // What the consumer knew of the object's next try is no more.
        pass();
        assertThat(warehouse.rows()).containsOnlyKeys("1", "2", "3", "4", "5");
        assertThat(status().setAside()).isEmpty();
    }

    @Test
    void anObjectWithTooLargeAShareOfRejectedRowsIsRejected() throws Exception {
        store.put("source", "share/a.csv", "id,name\n1,Ada\n2,Bo\n3,Cy\nx,Di\n");
        store.put("source", "share/b.csv", "id,name\n4,Ed\n5,Flo\nx,Gus\n");

        pass("share");

        assertThat(warehouse.rows()).containsOnlyKeys("1", "2", "3");
        assertThat(warehouse.loads().get(0).objects())
                .extracting(LedgerEntry::errorCode)
                .containsExactly(null, ErrorCode.OBJECT_TOO_MANY_REJECTED_ROWS);
        assertThat(warehouse.loads().get(0).objects().get(1).error())
                .startsWith("1 of 3 rows are rejected, more than maxRejectedRatio (0.25) allows;");
        assertThat(warehouse.deadLetters()).hasSize(2);
    }

    @Test
    void whatTheFeedSaysAboutColumnsHolds() throws Exception {
        store.put(
                "source",
                "members/a.csv",
                "Nr,Nachname,Farbe\n1.234,Ada Lovelace Byron King,red\n5,Bo 2,red\n-5,Cy,red\n");
        pass("members");

        assertThat(warehouse.rows().values()).containsExactly(List.of("1234", "Ada Lovelace Byron K"));
        assertThat(warehouse.deadLetters())
                .extracting(row -> row.get(3) + " " + row.get(4))
                .containsExactly(
                        "ROW_RULE breaks the rule \"no digits\"",
                        "ROW_RULE breaks the rule \"id: between 1 and 99999\"");
    }

    @Test
    void camelCsvCanStandInTheUnmarshalStep() throws Exception {
        String own = "unmarshal: { custom: { ref: csv } }";
        String template = Files.readString(TEMPLATE);
        assertThat(template).contains(own);
        restart(template.replace(own, "unmarshal: { csv: { lazyLoad: true } }"));
        store.put("source", "in/a.csv", "id,name\n1,\"A, B\"\nx,Bo\n3,\n");
        store.put("source", "in/b.csv", "id,name\n4,Di\n5,\"E\"x\n6,Flo\n");

        assertThat(pass()).isEqualTo(2);

        assertThat(warehouse.rows()).containsOnlyKeys("1", "3");
        assertThat(warehouse.rows().get("1")).containsExactly("1", "A, B");
        assertThat(warehouse.loads().get(0).objects())
                .extracting(LedgerEntry::errorCode)
                .containsExactly(null, ErrorCode.OBJECT_UNREADABLE_CSV);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openObject", "checkRows", "stageBatch", "mergeLoad", "runPostSql"})
    void anErrorOfAStepEndsTheLoadAndGivesItsSessionBack(String step) throws Exception {
        AtomicReference<Error> error = insertBefore("process: { ref: " + step + " }", (exchange, thrown) -> {
            throw thrown;
        });

        checkErrors(error);
    }

    /** As where a value is looked at with a regular expression that needs too much stack. */
    @Test
    void anErrorOfTheRowsThatASplitAsksForEndsTheLoadAndGivesItsSessionBack() throws Exception {
        AtomicReference<Error> error = insertBefore("split:\n *simple: \"[^\"]*\"\n *streaming", (exchange, thrown) -> {
            Iterator<?> batches = exchange.getMessage().getBody(Iterator.class);
            AtomicInteger given = new AtomicInteger();
            exchange.getMessage().setBody(new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return batches.hasNext();
                }

                @Override
                public Object next() {
                    if (given.getAndIncrement() == 1) {
                        throw thrown;
                    }
                    return batches.next();
                }
            });
        });

        checkErrors(error);
    }

    /** Returns where to put an error, with which the step does something once. */
    private AtomicReference<Error> insertBefore(String step, BiConsumer<Exchange, Error> action) throws Exception {
        AtomicReference<Error> error = new AtomicReference<>();
        context.getRegistry().bind("broken", (Processor) exchange -> {
            Error thrown = error.getAndSet(null);
            if (thrown != null) {
                action.accept(exchange, thrown);
            }
        });
        Matcher matcher = Pattern.compile("( *)- " + step.replace("{", "\\{").replace("}", "\\}"))
                .matcher(Files.readString(TEMPLATE));
        assertThat(matcher.find()).isTrue();
        restart(matcher.replaceFirst("$1- process: { ref: broken }\n$0"));
        return error;
    }

    private void checkErrors(AtomicReference<Error> error) throws Exception {
        List<Error> errors = List.of(
                new StackOverflowError(),
                new NoClassDefFoundError("x"),
                new OutOfMemoryError("x"),
                new ExceptionInInitializerError("x"),
                new AssertionError("x"));
        for (int i = 0; i < errors.size(); i++) {
            store.put("source", "in/" + i + ".csv", "id,name\n" + i + ",Ada\n1" + i + ",Bo\n2" + i + ",Cy\n");
            error.set(errors.get(i));

            assertThat(pass()).isEqualTo(1);

            assertThat(error.get()).isNull();
            assertThat(warehouse.openSessions()).as("%s", errors.get(i)).isZero();
        }
        assertThat(warehouse.rows()).hasSize(15);
        assertThat(context.getInflightRepository().size("customers")).isZero();
    }

    private int pass() throws Exception {
        return pass("customers");
    }

    private int pass(String feed) throws Exception {
        return consumer(feed).pass();
    }

    private FeedStatus status() {
        return consumer("customers").status();
    }

    private S3ObjectsConsumer consumer(String feed) {
        return (S3ObjectsConsumer) context.getRoute(feed).getConsumer();
    }
}
