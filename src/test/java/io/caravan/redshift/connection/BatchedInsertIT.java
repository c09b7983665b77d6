package io.caravan.redshift.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SandboxExtension.class)
final class BatchedInsertIT {

    private static final int ROWS = 600;

    private final TestSandbox sandbox;

    BatchedInsertIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void longRowsAreCutIntoStatementsThatTheServerTakes() throws SQLException {
        sandbox.execute("CREATE TABLE staged (id INTEGER, text VARCHAR(65535))");
        String text = "ü".repeat(30_000);
        try (Connection connection = sandbox.connection(";reWriteBatchedInserts=true")) {
            connection.setAutoCommit(false);
            try (BatchedInsert insert = new BatchedInsert(connection, "INSERT INTO staged (id, text) VALUES (?, ?)")) {
                for (int i = 0; i < ROWS; i++) {
                    insert.field(Integer.toString(i));
                    insert.field(text);
                    insert.endRow();
                }
                insert.flush();
            }
            connection.commit();
        }

        assertThat(sandbox.lines("SELECT COUNT(*), COUNT(DISTINCT id), MIN(OCTET_LENGTH(text)) FROM staged"))
                .containsExactly(ROWS + " " + ROWS + " 60000");
    }
}
