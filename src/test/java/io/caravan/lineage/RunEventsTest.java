package io.caravan.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.ColumnPolicy.MissingColumns;
import io.caravan.model.feed.ColumnPolicy.Schema;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.Provenance;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PastObject;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.testing.FeedBuilder;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineageClientUtils;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunEventsTest {

    private static final Instant STARTED = Instant.parse("2026-11-30T20:00:00Z");

    private final KnownTargets targets = new KnownTargets();
    private final RunEvents events = new RunEvents(
            "0.1.0",
            "shop",
            WarehouseNames.of("jdbc:redshift://c1.abc.eu-west-1.redshift.amazonaws.com:5439/dev"),
            targets);

    @Test
    void aLoadIsARunOfItsFeed() throws Exception {
        List<JsonNode> told =
                told(load(Outcome.LOADED), object("in/a/1.csv", 5), object("in/a/2.csv", 7), object("3.csv", 1));

        assertThat(told).extracting(event -> event.path("eventType").asText()).containsExactly("START", "COMPLETE");
        assertThat(told)
                .extracting(event -> event.path("eventTime").asText())
                .containsExactly("2026-11-30T20:00:00Z", "2026-11-30T20:00:02Z");
        assertThat(told)
                .extracting(event -> event.at("/run/runId").asText())
                .containsOnly("6a246d7c-e19f-3daa-92e2-d9db1eecbf87");
        JsonNode event = told.get(1);
        assertThat(event.at("/job/namespace").asText() + " "
                        + event.at("/job/name").asText())
                .isEqualTo("shop orders");
        assertThat(event.at("/run/facets/caravan_load/load").asText()).isEqualTo("load-1");
        assertThat(event.at("/run/facets/caravan_load/rejected").asLong()).isEqualTo(4);
        assertThat(event.at("/run/facets/errorMessage").isMissingNode()).isTrue();
        assertThat(event.path("inputs"))
                .extracting(input -> input.path("namespace").asText() + " "
                        + input.path("name").asText() + " "
                        + input.at("/inputFacets/inputStatistics/rowCount") + " "
                        + input.at("/inputFacets/inputStatistics/size") + " "
                        + input.at("/inputFacets/inputStatistics/fileCount"))
                .containsExactly("s3://b in/a 12 200 2", "s3://b / 1 100 1");
        assertThat(event.path("outputs")).singleElement().satisfies(output -> {
            assertThat(output.path("namespace").asText()).isEqualTo("redshift://c1.eu-west-1:5439");
            assertThat(output.path("name").asText()).isEqualTo("dev.public.orders");
            assertThat(output.at("/outputFacets/outputStatistics/rowCount").asLong())
                    .isEqualTo(3);
            assertThat(output.at("/facets/schema").isMissingNode()).isTrue();
        });
    }

    @Test
    void aLoadThatFailedSaysWhy() throws Exception {
        JsonNode event = told(load(Outcome.FAILED)).get(1);

        assertThat(event.path("eventType").asText()).isEqualTo("FAIL");
        assertThat(event.at("/run/facets/errorMessage/message").asText()).isEqualTo("the disk is full");
        assertThat(event.path("inputs")).isEmpty();
    }

    @Test
    void columnsComeFromTheFieldsOfTheObjects() throws Exception {
        Feed feed = new FeedBuilder()
                .name("orders")
                .columns(new ColumnPolicy(
                        Schema.FREEZE,
                        MissingColumns.NULL,
                        Map.of("Customer ID", "customer", "junk", ""),
                        Map.of("SOURCE", "web"),
                        Map.of(),
                        Map.of(),
                        List.of()))
                .provenance(new Provenance("loaded_by", null, null, null))
                .build();
        targets.targetSeen(
                feed,
                new TargetTable(
                        TableName.parse("public.orders"),
                        List.of(
                                column("id", ColumnType.of(Kind.INTEGER)),
                                column("customer", new ColumnType(Kind.VARCHAR, 20, 0)),
                                column("source", new ColumnType(Kind.VARCHAR, 5, 0)),
                                column("loaded_by", new ColumnType(Kind.VARCHAR, 40, 0)))));

        JsonNode facets =
                told(load(Outcome.LOADED), object("in/1.csv", 1)).get(1).at("/outputs/0/facets");

        assertThat(facets.at("/schema/fields"))
                .extracting(field ->
                        field.path("name").asText() + " " + field.path("type").asText())
                .containsExactly("id INTEGER", "customer VARCHAR(20)", "source VARCHAR(5)", "loaded_by VARCHAR(40)");
        JsonNode fields = facets.at("/columnLineage/fields");
        assertThat(fields.fieldNames()).toIterable().containsExactly("id", "customer");
        assertThat(fields.at("/customer/inputFields/0").toString())
                .isEqualTo("{\"namespace\":\"s3://b\",\"name\":\"in\",\"field\":\"customer id\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:redshift://c1.abc.eu-west-1.redshift.amazonaws.com:5439/dev, redshift://c1.eu-west-1:5439, dev",
        "jdbc:redshift://w1.012345678901.us-east-1.redshift-serverless.amazonaws.com/sales?ssl=true, redshift://w1.us-east-1:5439, sales",
        "jdbc:redshift:iam://c1:eu-west-1/dev, redshift://c1.eu-west-1:5439, dev",
        "jdbc:redshift://c1.abc.cn-north-1.redshift.amazonaws.com.cn:5440/dev;ssl=false, redshift://c1.cn-north-1:5440, dev",
        "jdbc:redshift://127.0.0.1:4711/dev;ssl=false, redshift://127.0.0.1:4711, dev",
        "jdbc:redshift://warehouse.example.org, redshift://warehouse.example.org:5439, unknown",
        "jdbc:other, redshift://unknown:5439, unknown"
    })
    void tablesAreNamedByTheRulesOfOpenLineage(String url, String namespace, String database) {
        assertThat(WarehouseNames.of(url)).isEqualTo(new WarehouseNames(namespace, database));
    }

    /** What is told, as others read it. */
    private List<JsonNode> told(PastLoad load, PastObject... objects) throws Exception {
        List<RunEvent> told = events.of(load, List.of(objects));
        for (RunEvent event : told) {
            String json = OpenLineageClientUtils.toJson(event);
            assertThat(OpenLineageClientUtils.toJson(OpenLineageClientUtils.runEventFromJson(json)))
                    .isEqualTo(json);
        }
        ObjectMapper mapper = new ObjectMapper();
        return List.of(
                mapper.readTree(OpenLineageClientUtils.toJson(told.get(0))),
                mapper.readTree(OpenLineageClientUtils.toJson(told.get(1))));
    }

    static PastLoad load(Outcome outcome) {
        boolean hasFailed = outcome == Outcome.FAILED;
        return new PastLoad(
                "load-1",
                "orders",
                "public.orders",
                STARTED,
                STARTED.plusSeconds(2),
                outcome,
                3,
                hasFailed ? LoadCounts.NONE : new LoadCounts(13, 2, 1, 6, 0, 4),
                PhaseTimes.NONE,
                !hasFailed,
                hasFailed ? "WAREHOUSE_FAILED" : null,
                hasFailed ? "the disk is full" : null);
    }

    private static PastObject object(String key, long read) {
        return new PastObject(
                new ObjectVersion("b", key, "etag", 100, STARTED),
                Outcome.LOADED,
                new LoadCounts(read, read, 0, 0, 0, 0),
                null,
                null,
                null);
    }

    private static Column column(String name, ColumnType type) {
        return new Column(name, type, true, false);
    }
}
