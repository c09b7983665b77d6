package io.caravan.redshift;

import io.caravan.model.table.TableName;
import io.caravan.redshift.connection.Jdbc;
import io.caravan.redshift.sql.RightsSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rights of a connection's user, and the schemas and tables that exist.
 *
 * <p>A privilege through a role counts, as far as Redshift's functions report it.
 */
final class GrantedRights implements Rights.View {

    private final Connection connection;
    private final String user;
    private final String database;
    private final boolean isSuperuser;
    private final Map<String, Map<String, String>> owners = new HashMap<>();

    private GrantedRights(Connection connection, String user, String database, boolean isSuperuser) {
        this.connection = connection;
        this.user = user;
        this.database = database;
        this.isSuperuser = isSuperuser;
    }

    /** Asks who is connected; empty if the catalogue does not say. */
    static Optional<GrantedRights> of(Connection connection) throws SQLException {
        List<GrantedRights> found = new ArrayList<>();
        Jdbc.query(
                connection,
                RightsSql.whoAmI(),
                row -> found.add(new GrantedRights(connection, row.getString(1), row.getString(2), row.getBoolean(3))));
        return found.stream().findFirst();
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public String database() {
        return database;
    }

    @Override
    public boolean isSuperuser() {
        return isSuperuser;
    }

    @Override
    public boolean isKnown() {
        return true;
    }

    @Override
    public boolean isThere(String schema) throws SQLException {
        return Jdbc.queryLong(connection, RightsSql.countSchemas(), schema) > 0;
    }

    @Override
    public Map<String, String> owners(String schema) throws SQLException {
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

    @Override
    public boolean has(String question) throws SQLException {
        return Jdbc.queryLong(connection, question) == 1;
    }

    @Override
    public List<String> ledgerSteps(TableName target) throws SQLException {
        return LedgerParts.find(connection, target).steps(target);
    }
}
