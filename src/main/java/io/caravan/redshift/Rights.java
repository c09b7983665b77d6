package io.caravan.redshift;

import io.caravan.model.MissingRight;
import io.caravan.model.feed.Feed;
import io.caravan.model.table.TableName;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.sql.LedgerSql;
import io.caravan.redshift.sql.Privilege;
import io.caravan.redshift.sql.RightsSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the rights that loads need and the user of a connection lacks. Changes nothing.
 *
 * <p>A privilege through a role counts, as far as Redshift's functions report it.
 */
final class Rights {

    private final Connection connection;
    private final String user;
    private final String database;
    private final boolean isSuperuser;
    private final Map<String, Map<String, String>> owners = new HashMap<>();
    private final Map<String, Set<Privilege>> schemas = new LinkedHashMap<>();
    private final Map<TableName, Set<Privilege>> tables = new LinkedHashMap<>();
    private final List<MissingRight> missing = new ArrayList<>();
    private final List<MissingRight> missingOwnership = new ArrayList<>();

    private Rights(Connection connection, String user, String database, boolean isSuperuser) {
        this.connection = connection;
        this.user = user;
        this.database = database;
        this.isSuperuser = isSuperuser;
    }

    /**
     * Returns the missing rights of feeds, in the order in which they must be granted.
     *
     * @param sent as {@link NeededRights#onLedger} takes it
     * @param announces likewise
     */
    static List<MissingRight> missing(Connection connection, Collection<Feed> feeds, Sent sent, boolean announces)
            throws SQLException {
        List<Rights> found = new ArrayList<>();
        Jdbc.query(
                connection,
                RightsSql.whoAmI(),
                row -> found.add(new Rights(connection, row.getString(1), row.getString(2), row.getBoolean(3))));
        return found.isEmpty() ? List.of() : found.get(0).look(feeds, sent, announces);
    }

    private List<MissingRight> look(Collection<Feed> feeds, Sent sent, boolean announces) throws SQLException {
        if (isSuperuser) {
            return List.of();
        }
        lookAtDatabase(Privilege.TEMP);
        if (isThere(LedgerSql.SCHEMA)) {
            needLedger(feeds, sent, announces);
        } else {
            lookAtDatabase(Privilege.CREATE);
        }
        for (Feed feed : feeds) {
            needTarget(feed);
        }
        for (Map.Entry<String, Set<Privilege>> schema : schemas.entrySet()) {
            lookAtSchema(schema.getKey(), schema.getValue());
        }
        for (Map.Entry<TableName, Set<Privilege>> table : tables.entrySet()) {
            lookAtTable(table.getKey(), table.getValue());
        }
        missing.addAll(missingOwnership);
        return List.copyOf(missing);
    }

    private void needLedger(Collection<Feed> feeds, Sent sent, boolean announces) throws SQLException {
        needSchema(LedgerSql.SCHEMA, Privilege.USAGE);
        Map<String, String> there = owners(LedgerSql.SCHEMA);
        boolean isComplete = there.keySet().containsAll(LedgerSql.createShared().keySet());
        boolean isNewTarget = false;
        for (Map.Entry<TableName, Set<Privilege>> needed :
                NeededRights.onLedger(feeds, sent, announces).entrySet()) {
            String table = needed.getKey().table();
            if (there.containsKey(table)) {
                tables.put(needed.getKey(), needed.getValue());
            } else {
                isComplete = false;
                isNewTarget |= table.startsWith(LedgerSql.OBJECTS_PREFIX);
            }
        }
        if (!isComplete) {
            needSchema(LedgerSql.SCHEMA, Privilege.CREATE);
        }
        if (isNewTarget && there.containsKey(TableName.parse(LedgerSql.TARGETS).table())) {
            tables.putAll(NeededRights.forNewTargets());
        }
        for (TableName target : feeds.stream().map(Feed::target).distinct().toList()) {
            needColumns(target, there);
        }
    }

    /** Only its owner can give a ledger of an earlier release the columns that it lacks. */
    private void needColumns(TableName target, Map<String, String> there) throws SQLException {
        String ledger = LedgerSql.objectsTable(target);
        String owner = there.getOrDefault(ledger, user);
        if (!owner.equals(user)) {
            LedgerTables.missingColumns(connection, target)
                    .forEach(statement -> missingOwnership.add(new MissingRight(
                            "the ledger of " + target + " is that of an earlier release and " + owner
                                    + "'s, who alone can" + " change it",
                            statement,
                            true)));
        }
    }

    private void needTarget(Feed feed) throws SQLException {
        TableName target = feed.target();
        String schema = target.schema();
        if (!isThere(schema)) {
            if (feed.schema().createsTable()) {
                add(
                        "there is no schema " + schema + " to create " + target + " in",
                        RightsSql.createSchema(schema, user));
            }
            return;
        }
        String owner = owners(schema).get(target.table());
        if (owner == null) {
            if (feed.schema().createsTable()) {
                needSchema(schema, Privilege.USAGE);
                needSchema(schema, Privilege.CREATE);
            }
            return;
        }
        needSchema(schema, Privilege.USAGE);
        tables.computeIfAbsent(target, name -> EnumSet.noneOf(Privilege.class)).addAll(NeededRights.onTarget(feed));
        if (feed.schema().evolves() && !owner.equals(user)) {
            missingOwnership.add(new MissingRight(
                    user + " does not own " + target + ", and may not give it the columns that objects bring",
                    RightsSql.changeOwner(target, user),
                    false));
        }
    }

    private void needSchema(String schema, Privilege privilege) {
        schemas.computeIfAbsent(schema, name -> EnumSet.noneOf(Privilege.class)).add(privilege);
    }

    private void lookAtDatabase(Privilege privilege) throws SQLException {
        if (!has(RightsSql.hasOnDatabase(database, privilege))) {
            String use = privilege == Privilege.TEMP
                    ? " for its staging tables"
                    : " for the schema " + LedgerSql.SCHEMA + ", which is not there";
            add(
                    user + " lacks " + privilege + " on the database " + database + use,
                    RightsSql.grantOnDatabase(privilege, database, user));
        }
    }

    private void lookAtSchema(String schema, Set<Privilege> needed) throws SQLException {
        Set<Privilege> lacking = EnumSet.noneOf(Privilege.class);
        for (Privilege privilege : needed) {
            if (!has(RightsSql.hasOnSchema(schema, privilege))) {
                lacking.add(privilege);
            }
        }
        if (!lacking.isEmpty()) {
            add(
                    user + " lacks " + RightsSql.list(lacking) + " on the schema " + schema,
                    RightsSql.grantOnSchema(lacking, schema, user));
        }
    }

    /** Of tables in a schema that may not be used nobody says what may be done with them. */
    private void lookAtTable(TableName table, Set<Privilege> needed) throws SQLException {
        if (!has(RightsSql.hasOnSchema(table.schema(), Privilege.USAGE))) {
            add(
                    user + " needs " + RightsSql.list(needed) + " on " + table + ", and may have them",
                    RightsSql.grantOnTable(needed, table, user));
            return;
        }
        Set<Privilege> lacking = EnumSet.noneOf(Privilege.class);
        for (Privilege privilege : needed) {
            if (!has(RightsSql.hasOnTable(table, privilege))) {
                lacking.add(privilege);
            }
        }
        if (!lacking.isEmpty()) {
            add(
                    user + " lacks " + RightsSql.list(lacking) + " on " + table,
                    RightsSql.grantOnTable(lacking, table, user));
        }
    }

    private void add(String what, String statement) {
        missing.add(new MissingRight(what, statement, true));
    }

    private boolean isThere(String schema) throws SQLException {
        return Jdbc.queryLong(connection, RightsSql.countSchemas(), schema) > 0;
    }

    private boolean has(String question) throws SQLException {
        return Jdbc.queryLong(connection, question) == 1;
    }

    private Map<String, String> owners(String schema) throws SQLException {
        Map<String, String> known = owners.get(schema);
        if (known == null) {
            Map<String, String> found = new HashMap<>();
            Jdbc.query(connection, RightsSql.owners(), row -> put(found, row), schema);
            owners.put(schema, found);
            known = found;
        }
        return known;
    }

    private static void put(Map<String, String> owners, ResultSet row) throws SQLException {
        owners.put(row.getString(1), row.getString(2));
    }
}
