package io.caravan.load.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.load.target.FeedTarget;
import io.caravan.model.feed.Mode;
import io.caravan.model.preview.PreviewedRejection;
import io.caravan.model.preview.PreviewedRow;
import io.caravan.model.preview.PreviewedValue;
import io.caravan.model.preview.RejectedCount;
import io.caravan.model.preview.RowEffect;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.spi.RowWriter;
import io.caravan.spi.StagingTable;
import io.caravan.testing.TestingFeed;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeptRowsTest {

    private static final Column ID = new Column("id", ColumnType.of(Kind.INTEGER), false, false);
    private static final Column NAME = new Column("name", ColumnType.varchar(10), true, false);
    private static final FeedTarget TARGET = new FeedTarget(
            TestingFeed.of(Mode.UPSERT), new TargetTable(TableName.parse("public.t"), List.of(ID, NAME)));

    private final KeptRows kept = new KeptRows(2).by(TARGET.plan("l1", List.of(ID, NAME), Instant.EPOCH, false));

    @Test
    void theFirstRowsAreKeptWithTheirPlaces() {
        write(StagingTable.ROWS, "1", "2", "7", "Ada");
        write(StagingTable.ROWS, "2", "9", "8", "Bob");
        write(StagingTable.ROWS, "2", "10", "9", "Cy");

        assertThat(kept.rows()).containsExactly(inserted(1, 2, "7", "Ada"), inserted(2, 9, "8", "Bob"));
        assertThat(kept.rejected()).isEmpty();
    }

    @Test
    void aNullKeyIsShownAndANullValueIsNot() {
        write(StagingTable.ROWS, "1", "2", null, null);

        Map<String, @Nullable String> keys = new HashMap<>();
        keys.put("id", null);
        assertThat(kept.rows()).containsExactly(new PreviewedRow(RowEffect.INSERTED, 1, 2, keys, List.of()));
    }

    @Test
    void rowsOfWhichNobodyKnowsTheColumnsAreNotKept() {
        KeptRows unplanned = new KeptRows(2);

        unplanned.write(StagingTable.ROWS, writer -> write(writer, "1", "2", "7", "Ada"));

        assertThat(unplanned.rows()).isEmpty();
    }

    @Test
    void rejectedRowsAreCountedByObjectAndCodeBeyondTheFirstOnes() {
        write(StagingTable.REJECTED, "1", "4", "id", "VALUE_INVALID", "no number", "x,Ada");
        write(StagingTable.REJECTED, "1", "6", "name", "VALUE_INVALID", "too odd", "7,?");
        write(StagingTable.REJECTED, "1", "8", null, "FIELD_COUNT", "one field", "9");
        write(StagingTable.REJECTED, "2", "3", "id", "VALUE_INVALID", "no number", "y,Bob");

        assertThat(kept.counts())
                .containsExactly(
                        new RejectedCount(1, "VALUE_INVALID", 2, 4, "id"),
                        new RejectedCount(1, "FIELD_COUNT", 1, 8, null),
                        new RejectedCount(2, "VALUE_INVALID", 1, 3, "id"));
        assertThat(kept.rejected())
                .containsExactly(
                        new PreviewedRejection(1, 4, "id", "VALUE_INVALID", "no number", "x,Ada"),
                        new PreviewedRejection(1, 6, "name", "VALUE_INVALID", "too odd", "7,?"));
    }

    @Test
    void withoutRowsToShowRejectedOnesAreStillCounted() {
        KeptRows none = new KeptRows(0);

        none.write(StagingTable.REJECTED, writer -> write(writer, "1", "4", "id", "VALUE_INVALID", "no number", "x"));

        assertThat(none.rejected()).isEmpty();
        assertThat(none.counts()).containsExactly(new RejectedCount(1, "VALUE_INVALID", 1, 4, "id"));
    }

    @Test
    void whatIsNeitherARowNorARejectionIsLetGo() {
        for (StagingTable table : List.of(StagingTable.REPLAYED, StagingTable.UNSEEN, StagingTable.REPAIRED)) {
            write(table, "1", "2");
        }

        assertThat(kept.rows()).isEmpty();
        assertThat(kept.counts()).isEmpty();
    }

    private void write(StagingTable table, @Nullable String... fields) {
        kept.write(table, writer -> write(writer, fields));
    }

    private static void write(RowWriter writer, @Nullable String... fields) {
        for (String field : fields) {
            writer.field(field);
        }
        writer.endRow();
    }

    private static PreviewedRow inserted(int object, long line, String id, String name) {
        return new PreviewedRow(
                RowEffect.INSERTED, object, line, Map.of("id", id), List.of(new PreviewedValue("name", null, name)));
    }
}
