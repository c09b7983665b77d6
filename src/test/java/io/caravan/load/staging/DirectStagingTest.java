package io.caravan.load.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.load.target.FeedTarget;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.AfterLoad;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.ColumnPolicy.MissingColumns;
import io.caravan.model.feed.ColumnPolicy.OnInvalid;
import io.caravan.model.feed.ColumnPolicy.Schema;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.CsvLayout;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.NullTexts;
import io.caravan.model.feed.ObjectOrder;
import io.caravan.model.feed.ObjectPolicy;
import io.caravan.model.feed.Provenance;
import io.caravan.model.feed.RowRule;
import io.caravan.model.feed.SchemaPolicy;
import io.caravan.model.key.KeyColumns;
import io.caravan.model.key.WantedObjects;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.DirectObject;
import io.caravan.spi.DirectRows;
import io.caravan.spi.StagingSession;
import io.caravan.testing.FeedBuilder;
import io.caravan.testing.RememberedLog;
import io.caravan.testing.ScriptedSession;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingFeed;
import io.caravan.testing.TestingObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which objects the warehouse may read by itself, and what it is told of them. */
class DirectStagingTest {

    private static final Column ID = new Column("id", ColumnType.of(Kind.INTEGER), false, false);
    private static final Column NAME = new Column("name", ColumnType.varchar(10), true, false);
    private static final TargetTable TABLE = new TargetTable(TableName.parse("public.t"), List.of(ID, NAME));
    private static final String CONTENT = "id,name\n1,Ada\n2,Bo\n";

    private final ScriptedSession session = new ScriptedSession();
    private final TestingObjectStore store = new TestingObjectStore();
    private final TestingClock clock = new TestingClock();
    private final List<List<Column>> fitted = new ArrayList<>();
    private boolean fits = true;

    DirectStagingTest() {
        clock.pass(Duration.between(Instant.EPOCH, Instant.parse("2026-02-01T00:00:00Z")));
        session.answer("copyDirectly", DirectRows.staged(2));
    }

    @Test
    void theWarehouseIsToldWhatTheObjectIs() {
        ObjectVersion object = put("a", CONTENT);

        Optional<ObjectStaging.Staged> staged = stage(staging(feed()), object);

        assertThat(staged).contains(new ObjectStaging.Staged(Optional.empty(), "id,name", 2));
        assertThat(fitted).containsExactly(List.of(ID, NAME));
        assertThat(session.calls())
                .singleElement()
                .asString()
                .startsWith("copyDirectly "
                        + new DirectObject(
                                1,
                                "s3://b/in/a",
                                ',',
                                '"',
                                Optional.of("id"),
                                "",
                                List.of(
                                        new DirectObject.Field(Optional.of(ID), false),
                                        new DirectObject.Field(Optional.of(NAME), true)),
                                11)
                        + " @null@ ");
    }

    /** COPY does not count empty lines at the end, nor does it need the last line feed. */
    @ParameterizedTest
    @ValueSource(strings = {"id,name\n1,Ada\n2,Bo", "id,name\n1,Ada\n2,Bo\n\n\n"})
    void lineFeedsAtTheEndDoNotCountButForOne(String content) {
        stage(staging(feed()), put("a", content));

        assertThat(session.calls()).singleElement().asString().contains("recordsBytes=11");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id,name\n1,\"Ada\"\n",
                "id,name\r\n1,Ada\r\n",
                "id,name\n",
                "id\n1\n",
                "nothing",
                "",
                "id,name,other\n1,Ada,x\n",
                "\uFEFFid,name\n1,Ada\n",
            })
    void whatCannotBeToldFromItsFirstBytesIsReadHere(String content) {
        assertThat(stage(staging(feed()), put("a", content))).isEmpty();
        assertThat(session.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "ä", "a*", "a'", "a\\"})
    void keysThatCopyMayReadOtherwiseAreReadHere(String key) {
        assertThat(stage(staging(feed()), put(key, CONTENT))).isEmpty();
        assertThat(session.calls()).isEmpty();
    }

    @Test
    void anObjectWhoseKeyBeginsAnotherIsReadHere() {
        ObjectVersion object = put("a", CONTENT);
        put("a2", CONTENT);

        assertThat(stage(staging(feed()), object)).isEmpty();
        assertThat(session.calls()).isEmpty();
    }

    @Test
    void anObjectThatHasChangedIsReadHere() {
        ObjectVersion object = put("a", CONTENT);
        put("a", "id,name\n3,Cy\n");

        assertThat(stage(staging(feed()), object)).isEmpty();
        assertThat(session.calls()).isEmpty();
    }

    /** As far as clocks differ, waiting mends nothing. */
    @Test
    void anObjectThatIsNewerThanNowIsReadHere() {
        clock.pass(Duration.ofDays(-60));

        assertThat(stage(staging(feed()), put("a", CONTENT))).isEmpty();
    }

    @Test
    void anObjectThatCannotBeOpenedIsReadHereAndSaysWhyThere() {
        ObjectVersion object = put("a", CONTENT);
        store.fail(object, new RetryableException(ErrorCode.OBJECT_DENIED, "denied"));

        assertThat(stage(staging(feed()), object)).isEmpty();
    }

    @Test
    void aStoreThatFailsEndsTheLoad() {
        ObjectVersion object = put("a", CONTENT);
        RetryableException busy = new RetryableException(ErrorCode.OBJECT_STORE_BUSY, "busy");
        store.fail(object, busy);

        assertThatThrownBy(() -> stage(staging(feed()), object)).isSameAs(busy);
    }

    @Test
    void anObjectWithOtherColumnsThanTheLoadIsReadHere() {
        fits = false;

        assertThat(stage(staging(feed()), put("a", CONTENT))).isEmpty();
        assertThat(session.calls()).isEmpty();
    }

    @Test
    void aDoubtAboutOneObjectLeavesTheOthersToTheWarehouse() {
        DirectStaging staging = staging(feed());
        session.answerInTurn("copyDirectly", DirectRows.doubtful("a header again"), DirectRows.staged(2));

        assertThat(stage(staging, put("a", CONTENT))).isEmpty();
        assertThat(stage(staging, put("b", CONTENT))).isPresent();
        try (RememberedLog log = new RememberedLog()) {
            staging.tell();
            assertThat(log.messages())
                    .containsExactly("Feed f: the warehouse has read 1 objects by itself, 1 were read here: 1 because a"
                            + " header again");
        }
    }

    @Test
    void aDoubtAboutTheWarehouseIsOneAboutEveryObject() {
        DirectStaging staging = staging(feed());
        session.answer("copyDirectly", new DirectRows(0, "COPY is not allowed", false));

        assertThat(stage(staging, put("a", CONTENT))).isEmpty();
        assertThat(stage(staging, put("b", CONTENT))).isEmpty();
        assertThat(session.calls()).hasSize(1);
    }

    /** A feed of which something depends on each row has every object read here, and says why. */
    @Test
    void aFeedMayNeedEveryRowToBeReadHere() {
        CsvFormat latin = new CsvFormat(StandardCharsets.ISO_8859_1, '\u00A7', '\u00A8', '\\', true, "\\N");
        Feed feed = new FeedBuilder()
                .csv(latin)
                .provenance(new Provenance(null, null, "line", null))
                .build();

        try (RememberedLog log = new RememberedLog()) {
            DirectStaging staging = staging(feed);

            assertThat(log.messages())
                    .containsExactly("Rows of feed f are staged through this process: the feed has a charset other than"
                            + " UTF-8, an escape character, a delimiter that COPY does not take, a quote that COPY does"
                            + " not take, a nullString with a backslash, lineColumn");
            assertThat(stage(staging, put("a", CONTENT))).isEmpty();
            staging.tell();
            assertThat(log.messages()).as("there is nothing more to say").hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource
    void whateverNeedsEveryRowIsSaid(String what, Feed feed) {
        try (RememberedLog log = new RememberedLog()) {
            assertThat(stage(staging(feed), put("a", CONTENT))).isEmpty();

            assertThat(log.messages())
                    .containsExactly("Rows of feed f are staged through this process: the feed has " + what);
        }
    }

    static Stream<Arguments> whateverNeedsEveryRowIsSaid() {
        MergePolicy merge = MergePolicy.DEFAULT;
        return Stream.of(
                arguments("several NULL strings", csv(new NullTexts(List.of("", "NULL"), false), CsvLayout.PLAIN)),
                arguments("nullQuoted", csv(new NullTexts(List.of(""), true), CsvLayout.PLAIN)),
                arguments("skipLines", csv(NullTexts.EMPTY, new CsvLayout(1, 0, 0, ""))),
                arguments("skipAfterHeader", csv(NullTexts.EMPTY, new CsvLayout(0, 1, 0, ""))),
                arguments("skipLastLines", csv(NullTexts.EMPTY, new CsvLayout(0, 0, 1, ""))),
                arguments("comment", csv(NullTexts.EMPTY, new CsvLayout(0, 0, 0, "#"))),
                arguments(
                        "constants",
                        new FeedBuilder()
                                .columns(columns(Map.of("name", "x"), Map.of(), Map.of(), List.of()))
                                .build()),
                arguments(
                        "formats",
                        new FeedBuilder()
                                .columns(columns(Map.of(), Map.of("id", "#"), Map.of(), List.of()))
                                .build()),
                arguments(
                        "onInvalid",
                        new FeedBuilder()
                                .columns(columns(Map.of(), Map.of(), Map.of("id", OnInvalid.NULL), List.of()))
                                .build()),
                arguments(
                        "rules, of its own or of its mode",
                        new FeedBuilder()
                                .columns(columns(
                                        Map.of(),
                                        Map.of(),
                                        Map.of(),
                                        List.of(new RowRule("named", "name", new RowRule.NotNull()))))
                                .build()),
                arguments(
                        "keyColumns",
                        new FeedBuilder()
                                .objects(new ObjectPolicy(
                                        ObjectOrder.TIME,
                                        false,
                                        WantedObjects.ALL,
                                        KeyColumns.ofFolders(List.of("day")),
                                        null,
                                        AfterLoad.NOTHING))
                                .build()),
                arguments(
                        "schema evolve",
                        new FeedBuilder()
                                .schema(new SchemaPolicy(true, 50, false, null, List.of()))
                                .build()),
                arguments(
                        "lineColumn",
                        new FeedBuilder()
                                .provenance(new Provenance(null, null, "line", null))
                                .build()),
                arguments(
                        "rememberRows",
                        new FeedBuilder()
                                .merge(new MergePolicy(
                                        merge.mode(),
                                        merge.duplicates(),
                                        null,
                                        null,
                                        1,
                                        merge.changeColumn(),
                                        merge.changeWords(),
                                        false,
                                        false,
                                        true))
                                .build()),
                arguments("repeatedContent: skip", TestingFeed.skippingRepeated(merge)));
    }

    private static ColumnPolicy columns(
            Map<String, String> constants,
            Map<String, String> formats,
            Map<String, OnInvalid> onInvalid,
            List<RowRule> rules) {
        return new ColumnPolicy(Schema.FREEZE, MissingColumns.NULL, Map.of(), constants, formats, onInvalid, rules);
    }

    private static Feed csv(NullTexts nulls, CsvLayout layout) {
        CsvFormat csv = CsvFormat.DEFAULT;
        return new FeedBuilder()
                .csv(new CsvFormat(
                        csv.charset(), csv.delimiter(), csv.quote(), null, csv.escapes(), true, nulls, layout))
                .build();
    }

    private Optional<ObjectStaging.Staged> stage(DirectStaging staging, ObjectVersion object) {
        return staging.stage(
                1,
                object,
                new FeedTarget(feed(), TABLE),
                columns -> {
                    fitted.add(columns);
                    return fits;
                },
                () -> session.as(StagingSession.class));
    }

    private DirectStaging staging(Feed feed) {
        return new DirectStaging(feed, store, clock, "@null@");
    }

    private static Feed feed() {
        return new FeedBuilder().build();
    }

    private ObjectVersion put(String key, String content) {
        return store.put("b", "in/" + key, content);
    }
}
