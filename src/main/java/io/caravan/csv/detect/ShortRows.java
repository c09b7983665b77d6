package io.caravan.csv.detect;

import java.util.List;

/** Whether whoever wrote the rows left out empty fields at their end, or lost some in their middle. */
final class ShortRows {

    /** Less than that are mistakes. */
    private static final int LEAST_PERCENT = 5;

    private static final int LEAST_ROWS = 2;

    private ShortRows() {}

    static boolean areMeant(Layout layout) {
        SampleRecord header = layout.header();
        if (header == null
                || layout.isHeaderMade()
                || header.field(header.size() - 1).isBlank()) {
            return false;
        }
        if (header.size() > layout.width()) {
            return true;
        }
        List<SampleRecord> rows = layout.rows();
        ColumnKinds kinds = ColumnKinds.of(layout.fullRows(), layout.width());
        int found = 0;
        for (SampleRecord row : rows) {
            if (row.isMalformed() || row.size() > layout.width()) {
                return false;
            }
            if (row.size() < layout.width()) {
                if (!kinds.fit(row)) {
                    return false;
                }
                found++;
            }
        }
        return header.size() == layout.width() && found >= LEAST_ROWS && found * 100 >= rows.size() * LEAST_PERCENT;
    }
}
