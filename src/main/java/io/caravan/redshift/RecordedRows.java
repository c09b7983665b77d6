package io.caravan.redshift;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.redshift.comparison.CreatedStaging;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.sql.LedgerSql;
import io.caravan.spi.StagingTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** The staged rows of a load that are kept for people beside the ledger. */
final class RecordedRows {

    private final Connection connection;
    private final CreatedStaging created;
    private final LoadRecord load;

    RecordedRows(Connection connection, CreatedStaging created, LoadRecord load) {
        this.connection = connection;
        this.created = created;
        this.load = load;
    }

    /**
     * Writes them.
     *
     * @param numbers the number of each object in the load, in the order of the load's objects
     * @param position the ledger's position before the load
     * @return how many of them are dead letters
     */
    long write(List<Integer> numbers, long position) throws SQLException {
        long deadLetters = 0;
        for (int i = 0; i < numbers.size(); i++) {
            LedgerEntry entry = load.objects().get(i);
            if (entry.counts().rejected() > 0) {
                long written = writeDeadLetters(entry, position + i + 1, numbers.get(i));
                requireAll(entry, written);
                deadLetters += written;
            }
            if (entry.repaired() > 0) {
                writeRepairedValues(entry, position + i + 1, numbers.get(i));
            }
            if (created.plan().policy().keepsSuperseded() && entry.counts().superseded() > 0) {
                insert(LedgerSql.insertSupersededRows(), entry, numbers.get(i));
            }
        }
        return deadLetters;
    }

    /** Of a rejected object, only the first rejected rows are kept, or none. */
    private static void requireAll(LedgerEntry entry, long written) {
        if (entry.outcome() == Outcome.LOADED && written != entry.counts().rejected()) {
            throw new RetryableException(
                    ErrorCode.COUNTS_DO_NOT_ADD_UP,
                    "The counts do not add up, so nothing is committed: of "
                            + entry.counts().rejected() + " rejected rows of an object, the staging table has "
                            + written);
        }
    }

    private long writeDeadLetters(LedgerEntry entry, long position, int number) throws SQLException {
        if (!created.has(StagingTable.REJECTED)) {
            return 0;
        }
        return insert(LedgerSql.insertDeadLetters(), entry, position, number);
    }

    private void writeRepairedValues(LedgerEntry entry, long position, int number) throws SQLException {
        if (!created.has(StagingTable.REPAIRED)) {
            return;
        }
        created.require(connection, StagingTable.REJECTED);
        insert(LedgerSql.insertRepairedValues(), entry, position, number, number);
    }

    /** Runs an INSERT whose first parameters are the load and the object; returns how many rows it wrote. */
    private long insert(String sql, LedgerEntry entry, Object... more) throws SQLException {
        Stream<Object> named = Stream.of(
                load.id(),
                load.feed(),
                entry.object().bucket(),
                entry.object().key(),
                entry.object().etag());
        return Jdbc.update(
                connection, sql, Stream.concat(named, Stream.of(more)).toArray());
    }
}
