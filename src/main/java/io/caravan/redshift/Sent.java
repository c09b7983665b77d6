package io.caravan.redshift;

import io.caravan.model.ledger.LoadRecord;
import io.caravan.redshift.sql.LedgerSql;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What of loads is to be sent somewhere too: each notes it in its own transaction, so that none is forgotten.
 *
 * @param deadLetters whether its dead letters are
 * @param events whether that it has ended is
 */
record Sent(boolean deadLetters, boolean events) {

    /** Notes it of a load that the transaction commits. */
    void note(Connection connection, LoadRecord load) throws SQLException {
        if (deadLetters && load.counts().rejected() > 0) {
            LedgerTables.writeUnsent(connection, LedgerSql.UNSENT_DEAD_LETTERS, load);
        }
        noteEvents(connection, load);
    }

    /** Notes it likewise of a load that leaves no dead letters. */
    void noteEvents(Connection connection, LoadRecord load) throws SQLException {
        if (events) {
            LedgerTables.writeUnsent(connection, LedgerSql.UNSENT_EVENTS, load);
        }
    }
}
