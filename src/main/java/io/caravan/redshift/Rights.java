package io.caravan.redshift;

import io.caravan.model.MissingRight;
import io.caravan.model.feed.Feed;
import io.caravan.model.table.TableName;
import io.caravan.redshift.sql.LedgerSql;
import io.caravan.redshift.sql.Privilege;
import io.caravan.redshift.sql.RightsSql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the rights that loads need and a user lacks. Changes nothing. */
final class Rights {

    /** How the rights of a user look. */
    interface View {

        String user();

        String database();

        /** Returns whether the user may do everything. */
        boolean isSuperuser();

        /** Returns whether it is known what the user may; otherwise nothing counts as granted. */
        boolean isKnown();

        boolean isThere(String schema) throws SQLException;

        /** Returns the tables of a schema, each with its owner. */
        Map<String, String> owners(String schema) throws SQLException;

        /** Answers a question of {@link RightsSql}. */
        boolean has(String question) throws SQLException;

        /** Returns what its owner has to run for a target's ledger to be that of this release. */
        List<String> ledgerSteps(TableName target) throws SQLException;
    }

    private static final String TO_BE_CREATED = ", which is to be created first";

    private final View view;
    private final boolean isAhead;
    private final String user;
    private final String database;
    private final String lacks;
    private final Set<String> absentSchemas = new HashSet<>();
    private final Set<TableName> absentTables = new HashSet<>();
    private final Map<String, Set<Privilege>> schemas = new LinkedHashMap<>();
    private final Map<TableName, Set<Privilege>> tables = new LinkedHashMap<>();
    private final List<MissingRight> missing = new ArrayList<>();
    private final List<MissingRight> missingOwnership = new ArrayList<>();

    /**
     * Looks at the rights of a user.
     *
     * @param isAhead whether to include rights on tables that somebody else has still to create
     */
    Rights(View view, boolean isAhead) {
        this.view = view;
        this.isAhead = isAhead;
        this.user = view.user();
        this.database = view.database();
        this.lacks = view.isKnown() ? " lacks " : " needs ";
    }

    /** Returns the missing rights, in the order in which they must be granted. */
    List<MissingRight> missing(NeededGrants wanted) throws SQLException {
        if (view.isSuperuser()) {
            return List.of();
        }
        lookAtDatabase(Privilege.TEMP);
        if (view.isThere(LedgerSql.SCHEMA)) {
            needLedger(wanted);
        } else {
            lookAtDatabase(Privilege.CREATE);
        }
        for (Feed feed : wanted.feeds()) {
            needTarget(feed);
        }
        for (Map.Entry<String, Set<Privilege>> schema : schemas.entrySet()) {
            lookAtSchema(schema.getKey(), schema.getValue());
        }
        for (Map.Entry<TableName, Set<Privilege>> table : tables.entrySet()) {
            lookAtTable(table.getKey(), table.getValue());
        }
        missing.addAll(missingOwnership);
        @Nullable String role = wanted.copyRole();
        if (role != null) {
            lookAtRole(role);
        }
        return List.copyOf(missing);
    }

    private void needLedger(NeededGrants wanted) throws SQLException {
        needSchema(LedgerSql.SCHEMA, Privilege.USAGE);
        Map<String, String> there = view.owners(LedgerSql.SCHEMA);
        boolean isComplete = there.keySet().containsAll(LedgerSql.createShared().keySet());
        boolean isNewTarget = false;
        for (Map.Entry<TableName, Set<Privilege>> needed : NeededRights.onLedger(
                        wanted.feeds(), wanted.sent(), wanted.announces())
                .entrySet()) {
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
        for (TableName target :
                wanted.feeds().stream().map(Feed::target).distinct().toList()) {
            needSteps(target, there);
        }
    }

    /** Only its owner can make the ledger of an earlier release that of this one. */
    private void needSteps(TableName target, Map<String, String> there) throws SQLException {
        String ledger = LedgerSql.objectsTable(target);
        String owner = there.getOrDefault(ledger, user);
        if (!owner.equals(user)) {
            view.ledgerSteps(target)
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
        boolean isThere = view.isThere(schema);
        String owner = isThere ? view.owners(schema).get(target.table()) : null;
        if (owner == null && feed.schema().createsTable()) {
            needPlaceFor(target, isThere);
            return;
        }
        if (owner == null) {
            if (!isAhead) {
                return;
            }
            absentTables.add(target);
            if (!isThere) {
                absentSchemas.add(schema);
            }
        }
        needSchema(schema, Privilege.USAGE);
        tables.computeIfAbsent(target, name -> EnumSet.noneOf(Privilege.class)).addAll(NeededRights.onTarget(feed));
        if (feed.schema().evolves() && !user.equals(owner)) {
            missingOwnership.add(new MissingRight(
                    user + " does not own " + target + ", and may not give it the columns that objects bring",
                    RightsSql.changeOwner(target, user),
                    false));
        }
    }

    private void needPlaceFor(TableName target, boolean isThere) {
        if (isThere) {
            needSchema(target.schema(), Privilege.USAGE);
            needSchema(target.schema(), Privilege.CREATE);
        } else {
            add(
                    "there is no schema " + target.schema() + " to create " + target + " in",
                    RightsSql.createSchema(target.schema(), user));
        }
    }

    private void needSchema(String schema, Privilege privilege) {
        schemas.computeIfAbsent(schema, name -> EnumSet.noneOf(Privilege.class)).add(privilege);
    }

    private void lookAtDatabase(Privilege privilege) throws SQLException {
        if (!view.has(RightsSql.hasOnDatabase(database, privilege))) {
            String use = privilege == Privilege.TEMP
                    ? " for its staging tables"
                    : " for the schema " + LedgerSql.SCHEMA + (view.isKnown() ? ", which is not there" : "");
            add(
                    user + lacks + privilege + " on the database " + database + use,
                    RightsSql.grantOnDatabase(privilege, database, user));
        }
    }

    private void lookAtSchema(String schema, Set<Privilege> needed) throws SQLException {
        Set<Privilege> lacking = EnumSet.noneOf(Privilege.class);
        for (Privilege privilege : needed) {
            if (absentSchemas.contains(schema) || !view.has(RightsSql.hasOnSchema(schema, privilege))) {
                lacking.add(privilege);
            }
        }
        if (!lacking.isEmpty()) {
            add(
                    user + lacks + RightsSql.list(lacking) + " on the schema " + schema
                            + (absentSchemas.contains(schema) ? TO_BE_CREATED : ""),
                    RightsSql.grantOnSchema(lacking, schema, user));
        }
    }

    /** Of tables in a schema that may not be used nobody says what may be done with them. */
    private void lookAtTable(TableName table, Set<Privilege> needed) throws SQLException {
        if (absentTables.contains(table)) {
            add(
                    user + " needs " + RightsSql.list(needed) + " on " + table + TO_BE_CREATED,
                    RightsSql.grantOnTable(needed, table, user));
            return;
        }
        if (view.isKnown() && !view.has(RightsSql.hasOnSchema(table.schema(), Privilege.USAGE))) {
            add(
                    user + " needs " + RightsSql.list(needed) + " on " + table + ", and may have them",
                    RightsSql.grantOnTable(needed, table, user));
            return;
        }
        Set<Privilege> lacking = EnumSet.noneOf(Privilege.class);
        for (Privilege privilege : needed) {
            if (!view.has(RightsSql.hasOnTable(table, privilege))) {
                lacking.add(privilege);
            }
        }
        if (!lacking.isEmpty()) {
            add(user + lacks + RightsSql.list(lacking) + " on " + table, RightsSql.grantOnTable(lacking, table, user));
        }
    }

    private void add(String what, String statement) {
        missing.add(new MissingRight(what, statement, true));
    }

    /** Of what is default for the warehouse nobody says who may assume it. */
    private void lookAtRole(String role) throws SQLException {
        if (role.equals(RightsSql.DEFAULT_ROLE) || !view.has(RightsSql.mayAssumeForCopy(role))) {
            missing.add(new MissingRight(
                    user + " needs the role " + role + " for COPY; everybody may, unless it was revoked from PUBLIC",
                    RightsSql.grantAssumeForCopy(role, user),
                    true));
        }
    }
}
