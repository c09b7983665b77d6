package io.caravan.sandbox.grammar;

import io.caravan.sandbox.token.Names;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets transactions that write one table wait for each other or conflict, as PostgreSQL does by row only. INSERT and COPY
 * share the table, UPDATE, DELETE, MERGE and TRUNCATE have it to themselves until the transaction ends; who reads it waits
 * for nobody. Temporary tables lock without effect.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/c_write_readwrite.html">Write and read/write operations</a>
 */
public record TableLock(String table, boolean shared) {

    /** Returns what to run before the statement: the lock, then a look at who wrote since the snapshot. */
    public List<String> statements(boolean inTransaction) {
        List<String> sql = new ArrayList<>();
        if (!inTransaction) {
            // LOCK wants a transaction; a second statement of one Sync is in one. SET takes no snapshot.
            sql.add("SET caravan.alone TO ''");
        }
        sql.add("LOCK TABLE ONLY " + table + " IN " + (shared ? "ROW EXCLUSIVE" : "SHARE ROW EXCLUSIVE") + " MODE");
        sql.add("SELECT sandbox_internal.write(" + Names.literal(table) + ", " + shared + ")");
        return sql;
    }
}
