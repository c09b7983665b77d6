package io.caravan.load.preview;

import io.caravan.load.staging.Staging;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.preview.PreviewedRejection;
import io.caravan.model.preview.PreviewedRow;
import io.caravan.model.preview.PreviewedValue;
import io.caravan.model.preview.RejectedCount;
import io.caravan.model.preview.RowEffect;
import io.caravan.model.table.Column;
import io.caravan.spi.RowWriter;
import io.caravan.spi.StagingTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes rows without staging them: keeps the first ones, and counts the rejected ones. Used by one thread. */
public final class KeptRows implements Staging {

    /** What stands in front of the values of a staged row, and of a rejected one. */
    private static final int OBJECT = 0;

    private static final int LINE = 1;
    private static final int FIRST_VALUE = 2;
    private static final int COLUMN = 2;
    private static final int CODE = 3;
    private static final int REASON = 4;
    private static final int RAW = 5;

    private record CodeOfObject(int object, String code) {}

    private final int limit;
    private final List<PreviewedRow> rows = new ArrayList<>();
    private final List<PreviewedRejection> rejected = new ArrayList<>();
    private final Map<CodeOfObject, RejectedCount> counts = new LinkedHashMap<>();
    private @Nullable MergePlan plan;

    /**
     * Keeps nothing yet.
     *
     * @param limit the greatest number of rows of each kind
     */
    public KeptRows(int limit) {
        this.limit = limit;
    }

    /** Returns the same for rows of a plan. */
    public KeptRows by(MergePlan of) {
        plan = of;
        return this;
    }

    /** Returns the first valid rows; their effects are not known yet. */
    public List<PreviewedRow> rows() {
        return rows;
    }

    /** Returns the first rejected ones. */
    public List<PreviewedRejection> rejected() {
        return rejected;
    }

    /** Returns the rejected ones by object and code. */
    public Collection<RejectedCount> counts() {
        return counts.values();
    }

    @Override
    public void write(StagingTable table, Consumer<RowWriter> written) {
        switch (table) {
            case ROWS -> {
                if (rows.size() < limit) {
                    written.accept(new Fields(this::addRow));
                }
            }
            case REJECTED -> written.accept(new Fields(this::addRejected));
            case REPLAYED, UNSEEN, REPAIRED -> {}
        }
    }

    private void addRow(List<@Nullable String> fields) {
        if (plan == null || rows.size() >= limit) {
            return;
        }
        Map<String, @Nullable String> keys = new LinkedHashMap<>();
        List<PreviewedValue> values = new ArrayList<>();
        for (int i = 0; i < plan.columns().size(); i++) {
            Column column = plan.columns().get(i);
            @Nullable String value = fields.get(FIRST_VALUE + i);
            if (plan.keys().contains(column)) {
                keys.put(column.name(), value);
            } else if (value != null) {
                values.add(new PreviewedValue(column.name(), null, value));
            }
        }
        rows.add(new PreviewedRow(RowEffect.INSERTED, number(fields), line(fields), keys, values));
    }

    private void addRejected(List<@Nullable String> fields) {
        String code = String.valueOf(fields.get(CODE));
        counts.merge(
                new CodeOfObject(number(fields), code),
                new RejectedCount(number(fields), code, 1, line(fields), fields.get(COLUMN)),
                (before, one) -> new RejectedCount(
                        before.object(), code, before.rows() + 1, before.firstLine(), before.firstColumn()));
        if (rejected.size() < limit) {
            rejected.add(new PreviewedRejection(
                    number(fields),
                    line(fields),
                    fields.get(COLUMN),
                    code,
                    String.valueOf(fields.get(REASON)),
                    String.valueOf(fields.get(RAW))));
        }
    }

    private static int number(List<@Nullable String> fields) {
        return Integer.parseInt(String.valueOf(fields.get(OBJECT)));
    }

    private static long line(List<@Nullable String> fields) {
        return Long.parseLong(String.valueOf(fields.get(LINE)));
    }

    @Override
    public void finish(List<ObjectTally> tallies) {
        // All that is kept is kept.
    }

    @Override
    public void close() {
        // There is nothing to give back.
    }

    /** Fields of one row after another. */
    private static final class Fields implements RowWriter {

        private final Consumer<List<@Nullable String>> rows;
        private final List<@Nullable String> fields = new ArrayList<>();

        Fields(Consumer<List<@Nullable String>> rows) {
            this.rows = rows;
        }

        @Override
        public void field(@Nullable String value) {
            fields.add(value);
        }

        @Override
        public void endRow() {
            rows.accept(fields);
            fields.clear();
        }
    }
}
