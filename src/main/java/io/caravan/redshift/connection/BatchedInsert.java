package io.caravan.redshift.connection;

import io.caravan.spi.StagingInsert;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Multi-row INSERTs, which the driver makes of batches. */
public final class BatchedInsert implements StagingInsert, AutoCloseable {

    /** The driver keeps a batch as objects; this many rows are enough for its largest statement. */
    private static final int ROWS_PER_BATCH = 4096;

    /**
     * A statement has at most 16 MB; whether its binds count is not documented. A character has up to three bytes of UTF-8.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/c_SQL_commands.html">SQL commands</a>
     */
    private static final long CHARACTERS_PER_BATCH = 4_000_000;

    /** What a value takes without its text: its place holder and its length. */
    private static final int CHARACTERS_PER_VALUE = 8;

    private final PreparedStatement statement;
    private int fields;
    private int rows;
    private long characters;

    public BatchedInsert(Connection connection, String sql) throws SQLException {
        this.statement = connection.prepareStatement(sql);
    }

    /** Text without a type of its own: the server reads it as the column's type. */
    @Override
    public void field(@Nullable String value) {
        characters += CHARACTERS_PER_VALUE + (value == null ? 0 : value.length());
        try {
            statement.setString(++fields, value);
        } catch (SQLException e) {
            throw RedshiftFailures.translate("staging rows", e);
        }
    }

    @Override
    public void endRow() {
        fields = 0;
        try {
            statement.addBatch();
        } catch (SQLException e) {
            throw RedshiftFailures.translate("staging rows", e);
        }
        if (++rows == ROWS_PER_BATCH || characters >= CHARACTERS_PER_BATCH) {
            flush();
        }
    }

    @Override
    public void flush() {
        if (rows == 0) {
            return;
        }
        rows = 0;
        characters = 0;
        try {
            statement.executeBatch();
        } catch (SQLException e) {
            throw RedshiftFailures.translate("staging rows", e);
        }
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
