package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.load.preview.LoadPreview;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.preview.PreviewedRow;
import io.caravan.model.preview.RejectedCount;
import io.caravan.model.preview.RowEffect;

/** Whatever a preview shows in detail must fit its figures. */
final class PreviewedRowsCheck {

    private static final int SHOWN = 3;

    private PreviewedRowsCheck() {}

    static void check(LoadPreview preview) {
        LoadCounts counts = preview.load().counts();
        check(preview, RowEffect.INSERTED, counts.inserted());
        check(preview, RowEffect.UPDATED, counts.updated());
        check(preview, RowEffect.DELETED, counts.deleted());
        check(preview, RowEffect.STALE, counts.stale());
        assertThat(preview.unknown()).isNull();
        assertThat(preview.rows())
                .filteredOn(row -> row.effect() == RowEffect.UPDATED)
                .allSatisfy(row -> assertThat(row.values()).as("%s", row).isNotEmpty());
        boolean isWhole = preview.load().objects().stream().allMatch(entry -> entry.errorCode() == null);
        if (isWhole) {
            assertThat(preview.rejectedCounts().stream()
                            .mapToLong(RejectedCount::rows)
                            .sum())
                    .isEqualTo(counts.rejected());
        }
        assertThat(preview.statements().isEmpty())
                .isEqualTo(counts.inserted() + counts.updated() + counts.deleted() == 0);
    }

    private static void check(LoadPreview preview, RowEffect effect, long count) {
        assertThat(preview.rows().stream().map(PreviewedRow::effect).filter(effect::equals))
                .as("%s of %s", effect, preview)
                .hasSize((int) Math.min(SHOWN, count));
    }
}
