package io.caravan.load.remember;

import io.caravan.load.staging.StagingTables;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.row.Batch;
import io.caravan.model.table.Column;
import io.caravan.spi.TargetSession;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Remembers nothing: every row is staged, and the target's rows are counted. */
final class NoMemory implements RowMemory {

    @Override
    public void begin(List<Column> columns, List<Column> keys) {}

    @Override
    public boolean isUsed() {
        return false;
    }

    @Override
    public void stage(int number, Batch batch, Consumer<ChangedRows> staging) {
        staging.accept(ChangedRows.all(number, batch));
    }

    @Override
    public void flush(Consumer<ChangedRows> staging) {}

    @Override
    public void stageUnseen(StagingTables tables, ObjectTally snapshot) {}

    @Override
    public long rowsBefore(TargetSession session) {
        return session.countTarget();
    }

    @Override
    public long findMissing(TargetSession session, int snapshot) {
        throw new IllegalStateException("no row was left out");
    }

    @Override
    public void beforeChange(TargetSession session) {}

    @Override
    public OptionalLong rowsAfter(TargetSession session, boolean isChanged) {
        return OptionalLong.empty();
    }

    @Override
    public void committed(ObjectTallies tallies) {}

    @Override
    public void close() {}
}
