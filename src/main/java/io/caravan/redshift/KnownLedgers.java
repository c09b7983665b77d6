package io.caravan.redshift;

import io.caravan.model.table.TableName;
import io.caravan.redshift.sql.LedgerVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledgers that are known to be there. A ledger never disappears, so the catalog is queried only until it is found. Safe for
 * use by several threads.
 */
final class KnownLedgers {

    private static final Logger log = LoggerFactory.getLogger(KnownLedgers.class);

    private final Map<TableName, LedgerParts> targets = new ConcurrentHashMap<>();
    private final Set<LedgerVersion> told = ConcurrentHashMap.newKeySet();

    /** Returns whether the target has a ledger; one that has none may have one the next time. */
    boolean exists(Connection connection, TableName target) throws SQLException {
        return parts(connection, target).isThere();
    }

    /** Returns what was found when the ledger was seen first, or what is there now of one that was not. */
    LedgerParts parts(Connection connection, TableName target) throws SQLException {
        @Nullable LedgerParts known = targets.get(target);
        if (known != null) {
            return known;
        }
        LedgerParts found = LedgerParts.find(connection, target);
        if (found.isThere()) {
            targets.put(target, found);
            if (found.version().isNewer() && told.add(found.version())) {
                log.warn(
                        "The ledger of {} has version {}, of a later release; this one knows version {}, and goes on with what"
                                + " it knows, as it may from version {} on",
                        target,
                        found.version().number(),
                        LedgerVersion.CURRENT.number(),
                        found.version().usableFrom());
            }
        }
        return found;
    }

    /** Notes that the target has one that lacks nothing. */
    void add(TableName target) {
        targets.put(target, LedgerParts.ALL);
    }
}
