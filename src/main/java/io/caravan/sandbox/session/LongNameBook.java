package io.caravan.sandbox.session;

import io.caravan.sandbox.server.PostgresServer;
import io.caravan.sandbox.token.LongNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The long names of one database, by their short forms. They are kept in the database, whose catalogue shows them in full. */
public final class LongNameBook {

    private static final String UNKNOWN_DATABASE = "3D000";

    private final PostgresServer postgres;
    private final String database;
    private final Map<String, String> names = new ConcurrentHashMap<>();

    public LongNameBook(PostgresServer postgres, String database) {
        this.postgres = postgres;
        this.database = database;
        load();
    }

    private void load() {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT short, name FROM sandbox_internal.long_names")) {
            while (rows.next()) {
                names.put(rows.getString(1), rows.getString(2));
            }
        } catch (SQLException e) {
            if (UNKNOWN_DATABASE.equals(e.getSQLState())) {
                // PostgreSQL tells the client so.
                return;
            }
            throw new IllegalStateException("The sandbox cannot read the long names of " + database, e);
        }
    }

    /** Keeps a name before PostgreSQL gets to see its short form. */
    void add(String name) {
        names.computeIfAbsent(LongNames.shorten(name), shortName -> {
            try (Connection connection = postgres.connect(database);
                    PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO sandbox_internal.long_names VALUES (?, ?) ON CONFLICT DO NOTHING")) {
                insert.setString(1, shortName);
                insert.setString(2, name);
                insert.executeUpdate();
                return name;
            } catch (SQLException e) {
                throw new IllegalStateException("The sandbox cannot keep the name " + name, e);
            }
        });
    }

    /** Returns a text of PostgreSQL with every name in full. */
    String inFull(String text) {
        if (!LongNames.mayHold(text)) {
            return text;
        }
        String full = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            full = full.replace(name.getKey(), name.getValue());
        }
        return full;
    }
}
