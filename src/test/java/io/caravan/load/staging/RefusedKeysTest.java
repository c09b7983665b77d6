package io.caravan.load.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.feed.MergePlan;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.Mode;
import io.caravan.model.feed.Provenance;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusedKeysTest {

    private static final Column NAME = new Column("name", ColumnType.varchar(20), true, false);
    private static final Column CODE = new Column("code", ColumnType.varchar(20), false, false);
    private static final Column ID = new Column("id", ColumnType.of(Kind.INTEGER), false, false);

    private final RefusedKeys keys = new RefusedKeys(plan(Mode.MIRROR));

    @Test
    void theyStandWhereTheirColumnsDo() {
        assertThat(keys.read(",\"a, \"\"b\"\"\",7", "name")).containsExactly("7", "a, \"b\"");
    }

    @Test
    void aKeyThatMayBeWhatWasRefusedIsNotRead() {
        assertThat(keys.read("n,a,7", "CODE")).isEmpty();
        assertThat(keys.read("n,a,7", null)).isEmpty();
    }

    @Test
    void nobodyNeedsThemWhereNothingIsTakenAway() {
        assertThat(new RefusedKeys(plan(Mode.UPSERT)).read("n,a,7", "name")).isEmpty();
    }

    private static MergePlan plan(Mode mode) {
        return new MergePlan(
                "l1",
                TableName.parse("public.t"),
                List.of(NAME, CODE, ID),
                List.of(ID, CODE),
                List.of(),
                new MergePolicy(mode, Duplicates.LAST, null, null, 0.2, "Op", false, false),
                null,
                null,
                false,
                Provenance.NONE,
                Instant.EPOCH,
                false);
    }
}
