package io.caravan.load.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.load.verify.VerifyStart.Kind;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.Mode;
import io.caravan.model.feed.Provenance;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.model.table.UnloadedColumn;
import io.caravan.model.verify.TableComparison.Extent;
import io.caravan.testing.FeedBuilder;
import io.caravan.testing.TestingFeed;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComparedColumnsTest {

    private static final Column ID = column("id", ColumnType.Kind.INTEGER);
    private static final Column NAME = column("Name", ColumnType.Kind.DATE);
    private static final Column DOC = column("doc", ColumnType.Kind.SUPER);
    private static final Column LOAD = new Column("load_id", ColumnType.varchar(64), true, false);
    private static final Column SPARE = new Column("spare", ColumnType.of(ColumnType.Kind.DATE), true, true);
    private static final Column FROM = column("valid_from", ColumnType.Kind.TIMESTAMP);

    private static final TargetTable TABLE = new TargetTable(
            TableName.parse("public.t"),
            List.of(ID, NAME, DOC, LOAD, SPARE, FROM),
            List.of(new UnloadedColumn("place", "of type geometry", "leave it")));

    private static final Feed TRACED =
            TestingFeed.of(MergePolicy.DEFAULT, List.of("ID"), new Provenance("load_id", null, null, null));

    @Test
    void columnsThatAllObjectsHaveAreComparedByTheKeys() {
        ComparedColumns columns = columns(Kind.BEGINNING, TestingFeed.of(Mode.UPSERT), "id", "name", "doc");

        assertThat(columns.matched()).containsExactly(ID);
        assertThat(columns.compared(columns.matched(), true)).containsExactly(NAME, DOC);
        assertThat(columns.leftOut())
                .containsExactly(
                        "load_id: no object has it",
                        "spare: no object has it",
                        "valid_from: no object has it",
                        "place: no object can fill it");
    }

    @Test
    void rowsWithoutKeysAreComparedAsAWholeButForWhatCannotBeGrouped() {
        Feed feed = new FeedBuilder()
                .merge(TestingFeed.policy(Mode.APPEND, MergePolicy.Duplicates.LAST))
                .keys(List.of())
                .build();
        ComparedColumns columns = columns(Kind.BEGINNING, feed, "id", "name", "doc");

        assertThat(columns.matched()).isEmpty();
        assertThat(columns.keys()).isEmpty();
        assertThat(columns.compared(List.of(), true)).containsExactly(ID, NAME);
        assertThat(columns.leftOut()).contains("doc: values of its type are not compared where rows have no keys");
    }

    @Test
    void ofAHistoryEachVersionIsARow() {
        ComparedColumns columns = columns(Kind.BEGINNING, TestingFeed.of(Mode.HISTORY), "id", "name");

        assertThat(columns.matched()).containsExactly(ID, FROM);
    }

    @Test
    void feedsWithOtherKeysHaveNoneInCommon() {
        ComparedColumns columns = columns(Kind.BEGINNING, TestingFeed.of(Mode.UPSERT), "id", "name");
        columns.add(TestingFeed.of(MergePolicy.DEFAULT, List.of("name"), Provenance.NONE), Set.of("id", "name"));

        assertThat(columns.matched()).isEmpty();
        assertThat(columns.keys()).containsExactlyInAnyOrder(ID, NAME);
    }

    @Test
    void aColumnThatSomeObjectsLackIsComparedIfItsOtherValuesAreKnown() {
        for (Kind kind : Kind.values()) {
            ComparedColumns columns = columns(kind, TestingFeed.of(Mode.UPSERT), "id", "name", "spare");
            columns.add(TestingFeed.of(Mode.UPSERT), Set.of("id"));

            boolean isKnown = kind == Kind.BEGINNING || kind == Kind.REPLACED;
            assertThat(columns.compared(columns.matched(), true).contains(NAME)).isEqualTo(isKnown);
            assertThat(columns.leftOut())
                    .contains(
                            isKnown
                                    ? "spare: some objects lack it, and it has a default"
                                    : "spare: some objects lack it, and its values may be older");
        }
    }

    @Test
    void whereARowCameFromIsComparedIfAllLoadsWentAsTheyDid() {
        for (Kind kind : Kind.values()) {
            ComparedColumns columns = columns(kind, TRACED, "id");

            boolean isKnown = kind == Kind.BEGINNING || kind == Kind.REPLACED;
            assertThat(columns.compared(columns.matched(), true).contains(LOAD)).isEqualTo(isKnown);
            assertThat(columns.compared(columns.matched(), false)).doesNotContain(LOAD);
        }
        ComparedColumns updated = new ComparedColumns(TABLE, Kind.BEGINNING, Extent.UPDATED);
        updated.add(TRACED, Set.of("id"));
        assertThat(updated.compared(updated.matched(), true)).doesNotContain(LOAD);
    }

    @Test
    void withoutAnyRowOfAnObjectWholeRowsOfTheTableCount() {
        ComparedColumns columns = new ComparedColumns(TABLE, Kind.BEGINNING, Extent.ALL);

        assertThat(columns.matched()).isEmpty();
        assertThat(columns.compared(List.of(), true)).containsExactly(ID, NAME, LOAD, SPARE, FROM);
    }

    private static ComparedColumns columns(Kind start, Feed feed, String... names) {
        ComparedColumns columns = new ComparedColumns(TABLE, start, start == Kind.SINCE ? Extent.LOADED : Extent.ALL);
        columns.add(feed, Set.of(names));
        return columns;
    }

    private static Column column(String name, ColumnType.Kind kind) {
        return new Column(name, ColumnType.of(kind), true, false);
    }
}
