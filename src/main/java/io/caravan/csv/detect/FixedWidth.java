package io.caravan.csv.detect;

import java.util.List;
import java.util.regex.Pattern;

/** Lines in which fields have their places, and nothing else parts them. */
final class FixedWidth {

    private static final Pattern GAPS = Pattern.compile("\\S {2,}\\S.*\\S {2,}\\S");
    private static final int LEAST_PERCENT = 80;
    private static final int LEAST_ROWS = 2;

    private FixedWidth() {}

    /** Returns whether nearly all rows of one field have two gaps at least. */
    static boolean is(List<SampleRecord> rows) {
        long gaps = rows.stream()
                .filter(row -> !row.isMalformed() && GAPS.matcher(row.field(0)).find())
                .count();
        return rows.size() >= LEAST_ROWS && gaps * 100 >= (long) rows.size() * LEAST_PERCENT;
    }
}
