package io.caravan.redshift;

import io.caravan.model.feed.ColumnPolicy.OnInvalid;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.Mode;
import io.caravan.model.table.TableName;
import io.caravan.redshift.sql.LedgerSql;
import io.caravan.redshift.sql.Privilege;
import io.caravan.redshift.sql.ReplicaSql;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rights on tables that loads need, whether the tables exist or not. */
final class NeededRights {

    private NeededRights() {}

    /**
     * Returns the rights on the tables of the ledger. LOCK asks for UPDATE or DELETE, as
     * <a href="https://www.postgresql.org/docs/8.0/sql-lock.html">PostgreSQL 8</a> has it.
     *
     * @param sent what of loads is noted to be sent
     * @param announces whether replicas find each other through a table
     */
    static Map<TableName, Set<Privilege>> onLedger(Collection<Feed> feeds, Sent sent, boolean announces) {
        Map<TableName, Set<Privilege>> needed = new LinkedHashMap<>();
        put(needed, LedgerSql.LOADS, Privilege.SELECT, Privilege.INSERT);
        put(needed, LedgerSql.DEAD_LETTERS, Privilege.SELECT, Privilege.INSERT, Privilege.UPDATE);
        if (feeds.stream().anyMatch(feed -> feed.merge().keepsSuperseded())) {
            put(needed, LedgerSql.SUPERSEDED_ROWS, Privilege.INSERT);
        }
        if (feeds.stream().anyMatch(NeededRights::repairs)) {
            put(needed, LedgerSql.REPAIRED_VALUES, Privilege.INSERT);
        }
        if (sent.deadLetters()) {
            put(needed, LedgerSql.UNSENT_DEAD_LETTERS, Privilege.SELECT, Privilege.INSERT, Privilege.DELETE);
        }
        if (sent.events()) {
            put(needed, LedgerSql.UNSENT_EVENTS, Privilege.SELECT, Privilege.INSERT, Privilege.DELETE);
        }
        if (feeds.stream().anyMatch(feed -> !feed.objects().afterLoad().isNothing())) {
            put(needed, LedgerSql.UNTIDIED_LOADS, Privilege.SELECT, Privilege.INSERT, Privilege.DELETE);
        }
        if (announces) {
            put(needed, ReplicaSql.REPLICAS, Privilege.SELECT, Privilege.INSERT, Privilege.DELETE);
        }
        for (Feed feed : feeds) {
            put(
                    needed,
                    LedgerSql.SCHEMA + "." + LedgerSql.objectsTable(feed.target()),
                    Privilege.SELECT,
                    Privilege.INSERT,
                    Privilege.UPDATE);
        }
        return needed;
    }

    private static boolean repairs(Feed feed) {
        return feed.columns().onInvalid().values().stream().anyMatch(action -> action != OnInvalid.REJECT);
    }

    /** Returns the rights on the table in which new targets are noted. */
    static Map<TableName, Set<Privilege>> forNewTargets() {
        Map<TableName, Set<Privilege>> needed = new LinkedHashMap<>();
        put(needed, LedgerSql.TARGETS, Privilege.INSERT, Privilege.UPDATE);
        return needed;
    }

    private static void put(Map<TableName, Set<Privilege>> needed, String table, Privilege... privileges) {
        needed.computeIfAbsent(TableName.parse(table), name -> EnumSet.noneOf(Privilege.class))
                .addAll(List.of(privileges));
    }

    /**
     * Returns the rights on a feed's target: those for the changes that its mode makes, and for a replay of its dead
     * letters.
     */
    static Set<Privilege> onTarget(Feed feed) {
        Set<Privilege> needed = EnumSet.of(Privilege.SELECT);
        addChanges(needed, feed.merge());
        addChanges(needed, feed.merge().forSomeRows(!feed.keys().isEmpty()));
        return needed;
    }

    private static void addChanges(Set<Privilege> needed, MergePolicy merge) {
        Mode mode = merge.mode();
        if (mode.insertsOthers()) {
            needed.add(Privilege.INSERT);
        }
        switch (mode.matching()) {
            case NOT_LOOKED_FOR, LEFT -> {
                // Nothing that is there changes.
            }
            case REPLACED -> needed.add(Privilege.DELETE);
            case UPDATED, ENDED, AS_THE_ROW_SAYS -> {
                needed.add(Privilege.UPDATE);
                boolean deletes = mode.isSnapshot() || mode.hasChangeColumn();
                if (deletes && merge.deletedColumn() == null) {
                    needed.add(Privilege.DELETE);
                }
            }
        }
    }
}
