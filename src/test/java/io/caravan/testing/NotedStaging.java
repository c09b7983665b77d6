package io.caravan.testing;

import io.caravan.load.staging.Staging;
import io.caravan.load.tally.ObjectTally;
import io.caravan.spi.RowWriter;
import io.caravan.spi.StagingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Notes which rows it is given, as {@code ROWS [1, 2, 7]}, and its steps. */
public final class NotedStaging implements Staging {

    private final List<String> calls;

    /**
     * Notes nothing yet.
     *
     * @param calls to which it adds
     */
    public NotedStaging(List<String> calls) {
        this.calls = calls;
    }

    @Override
    public void write(StagingTable table, Consumer<RowWriter> rows) {
        rows.accept(new NotedRows(table));
    }

    @Override
    public void finish(List<ObjectTally> tallies) {
        calls.add("finish");
    }

    @Override
    public void settle() {
        calls.add("settle");
    }

    @Override
    public void stop() {
        calls.add("stop staging");
    }

    @Override
    public void close() {
        calls.add("end staging");
    }

    private final class NotedRows implements RowWriter {

        private final StagingTable table;
        private List<@Nullable String> fields = new ArrayList<>();

        NotedRows(StagingTable table) {
            this.table = table;
        }

        @Override
        public void field(@Nullable String value) {
            fields.add(value);
        }

        @Override
        public void endRow() {
            calls.add(table + " " + fields);
            fields = new ArrayList<>();
        }
    }
}
