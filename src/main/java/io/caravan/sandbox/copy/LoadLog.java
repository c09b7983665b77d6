package io.caravan.sandbox.copy;

import io.caravan.sandbox.command.CopyCommand;
import io.caravan.sandbox.server.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

/** What COPY did and why it failed, written on a connection of its own so that it survives the client's rollback. */
public final class LoadLog {

    private static final String HISTORY = "SELECT sandbox_internal.record_load(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String ERROR =
            "INSERT INTO sandbox_internal.load_errors VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String FILE = "INSERT INTO sandbox_internal.load_files VALUES (?, ?, ?, ?, ?, ?)";

    private final PostgresServer postgres;

    public LoadLog(PostgresServer postgres) {
        this.postgres = postgres;
    }

    void record(CopyJob job, CopyResult result, boolean loaded) {
        if (job.database().isEmpty()) {
            return;
        }
        try (Connection connection = postgres.connect(job.database())) {
            long query = history(connection, job, result, loaded);
            files(connection, result, query);
            errors(connection, job, result, query);
        } catch (SQLException e) {
            throw new IllegalStateException("The sandbox cannot record a COPY", e);
        }
    }

    private static long history(Connection connection, CopyJob job, CopyResult result, boolean loaded)
            throws SQLException {
        CopyCommand command = job.command();
        try (PreparedStatement insert = connection.prepareStatement(HISTORY)) {
            insert.setInt(1, job.processId());
            insert.setString(2, loaded ? "completed" : "aborted");
            insert.setString(3, command.plainTable());
            insert.setTimestamp(4, Timestamp.from(result.start()));
            insert.setTimestamp(5, Timestamp.from(Instant.now()));
            insert.setString(6, "s3://" + command.bucket() + "/" + command.key());
            insert.setLong(7, loaded ? result.rows() : 0);
            insert.setLong(8, result.bytes());
            insert.setInt(9, result.files().size());
            insert.setInt(10, result.errors().size());
            try (var rows = insert.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static void files(Connection connection, CopyResult result, long query) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(FILE)) {
            for (LoadedFile file : result.files()) {
                insert.setLong(1, query);
                insert.setString(2, file.url());
                insert.setLong(3, file.bytes());
                insert.setLong(4, file.lines());
                insert.setTimestamp(5, Timestamp.from(file.start()));
                insert.setTimestamp(6, Timestamp.from(file.end()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void errors(Connection connection, CopyJob job, CopyResult result, long query) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(ERROR)) {
            for (LoadError error : result.errors()) {
                insert.setLong(1, query);
                insert.setInt(2, job.processId());
                insert.setInt(3, job.tableId());
                insert.setTimestamp(4, Timestamp.from(result.start()));
                insert.setString(5, error.object());
                insert.setLong(6, error.line());
                insert.setString(7, error.column());
                insert.setString(8, error.type());
                insert.setString(9, error.length());
                insert.setInt(10, error.position());
                insert.setString(11, error.rawLine().replace("\0", ""));
                insert.setString(12, error.rawValue().replace("\0", ""));
                insert.setInt(13, error.code());
                insert.setString(14, error.reason());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
