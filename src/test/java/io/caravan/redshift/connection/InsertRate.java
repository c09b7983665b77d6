package io.caravan.redshift.connection;

import io.caravan.csv.record.CsvReader;
import io.caravan.csv.record.CsvRecord;
import io.caravan.model.feed.CsvFormat;
import io.caravan.spi.StagingInsert;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Inserts the same rows again and again, as a load stages them or as the driver does if it is told nothing, and says how fast.
 * Stands here because the one is this package's own affair.
 */
public final class InsertRate {

    /** Inserts so many rows. */
    private interface Inserting {

        void insert(long count) throws SQLException;
    }

    private static final String STAGING = "insert_rate";
    private static final int DISTINCT_ROWS = 20_000;
    private static final int ROWS_PER_BATCH = 4096;
    private static final int WARM_UP_ROWS = 5 * ROWS_PER_BATCH;

    /** In memory, so that only the inserting is measured. */
    private final List<String[]> rows;

    private final int columns;

    private InsertRate(List<String[]> rows) {
        this.rows = rows;
        this.columns = rows.get(0).length;
    }

    /**
     * Says {@code measured ROWS NANOS} on a line. Arguments: a CSV file of line items, {@code caravan} or {@code driver}, and how
     * many rows to insert.
     */
    public static void main(String[] arguments) throws IOException, SQLException {
        InsertRate rate = new InsertRate(read(Path.of(arguments[0])));
        long count = Long.parseLong(arguments[2]);
        long nanos = arguments[1].equals("caravan") ? rate.caravan(count) : rate.driver(count);
        System.out.println("measured " + count + " " + nanos);
    }

    /** Reads rows as they are staged, with the object's number and the line after their fields. */
    private static List<String[]> read(Path csv) throws IOException {
        List<String[]> rows = new ArrayList<>();
        try (InputStream in = Files.newInputStream(csv)) {
            CsvReader records = new CsvReader(in, CsvFormat.DEFAULT);
            records.next();
            while (records.hasNext() && rows.size() < DISTINCT_ROWS) {
                CsvRecord item = records.next();
                String[] row = new String[item.size() + 2];
                for (int i = 0; i < item.size(); i++) {
                    row[i] = item.field(i);
                }
                row[item.size()] = "1";
                row[item.size() + 1] = Long.toString(item.lineNumber());
                rows.add(row);
            }
        }
        return rows;
    }

    private long caravan(long count) throws SQLException {
        ConnectionSettings settings = new ConnectionSettings(url(), user(), password(), 1, null);
        try (Connections connections = new Connections(settings);
                Connection connection = connections.fromPool()) {
            prepare(connection);
            try (BatchedInsert insert = new BatchedInsert(connection, insert())) {
                return measure(connection, count, rowCount -> insertByCaravan(insert, rowCount));
            } finally {
                connection.rollback();
            }
        }
    }

    /** Inserts rows, and then so many of which it returns how long they took, in nanoseconds. */
    private static long measure(Connection connection, long count, Inserting inserting) throws SQLException {
        inserting.insert(WARM_UP_ROWS);
        long from = System.nanoTime();
        inserting.insert(count);
        long nanos = System.nanoTime() - from;
        check(connection, count);
        return nanos;
    }

    private void insertByCaravan(StagingInsert insert, long count) {
        for (long i = 0; i < count; i++) {
            for (String field : rows.get((int) (i % rows.size()))) {
                insert.field(field);
            }
            insert.endRow();
        }
        insert.flush();
    }

    private long driver(long count) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user());
        properties.setProperty("password", password());
        try (Connection connection = DriverManager.getConnection(url(), properties)) {
            connection.setAutoCommit(false);
            prepare(connection);
            try (PreparedStatement insert = connection.prepareStatement(insert())) {
                return measure(connection, count, rowCount -> insertByDriver(insert, rowCount));
            } finally {
                connection.rollback();
            }
        }
    }

    private void insertByDriver(PreparedStatement insert, long count) throws SQLException {
        for (long i = 0; i < count; i++) {
            String[] fields = rows.get((int) (i % rows.size()));
            for (int field = 0; field < columns; field++) {
                insert.setString(field + 1, fields[field]);
            }
            insert.addBatch();
            if ((i + 1) % ROWS_PER_BATCH == 0) {
                insert.executeBatch();
            }
        }
        insert.executeBatch();
    }

    /** The table that a feed of the rows would have, with the object's number and the line before them. */
    private static void prepare(Connection connection) throws SQLException {
        Jdbc.execute(connection, "CREATE TEMP TABLE " + STAGING + " (LIKE public.lineitem)");
        Jdbc.execute(connection, "ALTER TABLE " + STAGING + " ADD COLUMN caravan_object INTEGER");
        Jdbc.execute(connection, "ALTER TABLE " + STAGING + " ADD COLUMN caravan_line BIGINT");
    }

    private String insert() {
        return "INSERT INTO " + STAGING + " VALUES (" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
    }

    private static void check(Connection connection, long count) throws SQLException {
        long found = Jdbc.queryLong(connection, "SELECT COUNT(*) FROM " + STAGING);
        if (found != count + WARM_UP_ROWS) {
            throw new IllegalStateException("there are " + found + " rows");
        }
    }

    private static String url() {
        return variable("CARAVAN_WAREHOUSE_URL");
    }

    private static String user() {
        return variable("CARAVAN_WAREHOUSE_USER");
    }

    private static String password() {
        return variable("CARAVAN_WAREHOUSE_PASSWORD");
    }

    private static String variable(String name) {
        return Stream.ofNullable(System.getenv(name)).findAny().orElseThrow();
    }
}
