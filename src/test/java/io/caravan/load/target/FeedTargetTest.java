package io.caravan.load.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.model.feed.ChangeWords;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.Mode;
import io.caravan.model.feed.Provenance;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.testing.FeedBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table as a feed uses it, and tables that it cannot use. */
class FeedTargetTest {

    private static final Column ID = column("id", Kind.INTEGER);
    private static final Column NAME = new Column("Name", ColumnType.varchar(10), true, false);
    private static final Column SEEN = column("seen", Kind.TIMESTAMP);

    private final FeedBuilder feed = new FeedBuilder();

    @Test
    void whatCaravanFillsIsNotTheObjectsToFill() {
        feed.merge(policy(Mode.MIRROR, null, "gone", false)).provenance(new Provenance("load", null, "line", null));
        FeedTarget target = target(
                ID, NAME, column("GONE", Kind.BOOLEAN), column("load", Kind.BIGINT), column("Line", Kind.BIGINT));

        assertThat(target.loadable().columns()).containsExactly(ID, NAME);
        assertThat(target.keys()).containsExactly(ID);
        assertThat(target.fillsByItself("gone")).isTrue();
        assertThat(target.fillsByItself("LINE")).isTrue();
        assertThat(target.fillsByItself("name")).isFalse();
    }

    @Test
    void aHistoryHasColumnsOfItsOwnAndKeepsWhatItsRowsLack() {
        feed.merge(policy(Mode.HISTORY, null, null, false));
        FeedTarget target = history();

        assertThat(target.loadable().columns()).containsExactly(ID, NAME);
        assertThat(target.plan("l1", List.of(ID), Instant.EPOCH, false).kept()).containsExactly(NAME);
        assertThat(target.fillsByItself("valid_from")).isTrue();
    }

    @Test
    void anyOtherModeKeepsNothing() {
        MergePlan plan = target(ID, NAME).plan("l1", List.of(ID), Instant.EPOCH, true);

        assertThat(plan.kept()).isEmpty();
        assertThat(plan.hasChanges()).isFalse();
        assertThat(plan.keepsRaw()).isTrue();
        assertThat(plan.sequence()).isNull();
        assertThat(plan.deleted()).isNull();
    }

    @Test
    void changesHaveAColumnThatTheTableHasNot() {
        feed.merge(policy(Mode.CHANGES, null, null, false));
        FeedTarget target = target(ID, NAME);
        Column change = target.loadable().columns().get(2);

        assertThat(change).isEqualTo(new Column("Op", ColumnType.character(1), false, true));
        MergePlan plan = target.plan("l1", List.of(change, ID), Instant.EPOCH, false);
        assertThat(plan.columns()).containsExactly(ID);
        assertThat(plan.hasChanges()).isTrue();
        assertThat(target.plan("l1", List.of(ID), Instant.EPOCH, false).hasChanges())
                .isFalse();
    }

    @Test
    void aSequenceHasAValueInEveryRow() {
        feed.merge(policy(Mode.UPSERT, "SEEN", null, false));
        FeedTarget target = target(ID, SEEN);
        Column notNull = target.loadable().columns().get(1);

        assertThat(notNull.nullable()).isFalse();
        assertThat(target.plan("l1", List.of(ID, notNull), Instant.EPOCH, false).sequence())
                .isEqualTo(notNull);
        assertFails(() -> target.plan("l1", List.of(ID), Instant.EPOCH, false), ErrorCode.OBJECT_MISSING_COLUMN);
    }

    /** A staged row has its object, its line and its change beside the columns, and its record where that is kept. */
    @ParameterizedTest
    @CsvSource({"1597, false, true", "1598, false, false", "1596, true, true", "1597, true, false"})
    void noMoreColumnsAreLoadedThanARedshiftTableHas(int count, boolean keepsRaw, boolean fit) {
        List<Column> columns = new ArrayList<>(List.of(ID));
        IntStream.range(1, count).forEach(i -> columns.add(column("c" + i, Kind.INTEGER)));
        FeedTarget target = target(columns.toArray(Column[]::new));

        if (fit) {
            assertThat(target.plan("l1", columns, Instant.EPOCH, keepsRaw).columns())
                    .hasSize(count);
        } else {
            assertFails(() -> target.plan("l1", columns, Instant.EPOCH, keepsRaw), ErrorCode.OBJECT_HEADER);
        }
    }

    @Test
    void keysThatTheTableLacksAreNamedWithItsColumns() {
        feed.keys(List.of("id", "day"));

        assertThatThrownBy(() -> target(ID, NAME))
                .hasMessage(
                        "Feed f: table public.t has no column 'day' for a matching key; its columns are [id, Name]");
        assertFails(() -> target(ID), ErrorCode.TARGET_KEY_NOT_FOUND);
    }

    @Test
    void whatTheFeedNamesMustBeThereAndBeComparable() {
        Column document = column("document", Kind.SUPER);
        feed.keys(List.of("document"));
        assertRefused("document' is SUPER", document);

        feed.keys(List.of("id")).merge(policy(Mode.UPSERT, "document", null, false));
        assertRefused("sequenceBy 'document' is SUPER", ID, document);
        assertRefused("no column 'document' for sequenceBy", ID);

        feed.merge(policy(Mode.UPSERT, "id", null, false));
        assertRefused("is a matching key, so it never differs", ID);

        feed.merge(policy(Mode.UPSERT, null, "name", false));
        assertRefused("it must be BOOLEAN or TIMESTAMP", ID, NAME);
        assertRefused("no column 'name' for deletedColumn", ID);

        feed.merge(policy(Mode.UPSERT, null, null, true));
        assertRefused("'rememberRows' needs hashes of all columns", ID, document);
        assertRefused(
                "'rememberRows' needs hashes of all columns",
                ID,
                new Column("bytes", ColumnType.varbyte(10), true, false));

        feed.merge(policy(Mode.UPSERT, null, null, false)).provenance(new Provenance(null, "source", null, null));
        assertRefused("no column 'source' for provenance", ID);
    }

    @ParameterizedTest
    @CsvSource({"valid_from, DATE", "valid_to, DATE", "is_current, INTEGER"})
    void theColumnsOfAHistoryHaveTheirTypes(String name, Kind kind) {
        feed.merge(policy(Mode.HISTORY, null, null, false));
        Column[] columns = List.of(
                        ID,
                        column("valid_from", name.equals("valid_from") ? kind : Kind.TIMESTAMP),
                        column("valid_to", name.equals("valid_to") ? kind : Kind.TIMESTAMP),
                        column("is_current", name.equals("is_current") ? kind : Kind.BOOLEAN))
                .toArray(Column[]::new);

        assertRefused("column '" + name + "' is ", columns);
    }

    private void assertRefused(String what, Column... columns) {
        assertThatThrownBy(() -> target(columns))
                .isInstanceOfSatisfying(CaravanException.class, failure -> assertThat(failure.code())
                        .isIn(ErrorCode.FEED_INVALID, ErrorCode.TARGET_KEY_NOT_FOUND))
                .hasMessageContaining(what);
    }

    private static void assertFails(Runnable step, ErrorCode code) {
        assertThatThrownBy(step::run)
                .isInstanceOfSatisfying(CaravanException.class, failure -> assertThat(failure.code())
                        .isEqualTo(code));
    }

    private FeedTarget history() {
        return target(
                ID,
                NAME,
                column("valid_from", Kind.TIMESTAMP),
                column("valid_to", Kind.TIMESTAMP),
                column("is_current", Kind.BOOLEAN));
    }

    private FeedTarget target(Column... columns) {
        return new FeedTarget(feed.build(), new TargetTable(TableName.parse("public.t"), List.of(columns)));
    }

    private static Column column(String name, Kind kind) {
        return new Column(name, ColumnType.of(kind), true, false);
    }

    private static MergePolicy policy(
            Mode mode, @Nullable String sequenceBy, @Nullable String deletedColumn, boolean remembersRows) {
        return new MergePolicy(
                mode,
                Duplicates.LAST,
                sequenceBy,
                deletedColumn,
                1,
                "Op",
                ChangeWords.DEFAULT,
                false,
                false,
                remembersRows);
    }
}
