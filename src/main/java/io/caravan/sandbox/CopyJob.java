package io.caravan.sandbox;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One run of a COPY: shared by the two threads of a session, which take turns at the connection to PostgreSQL by
 * {@link #handedOver} and {@link #finished}.
 */
final class CopyJob {

    private final CopyCommand command;
    private final List<CopyColumn> columns = new ArrayList<>();
    private final CountDownLatch handedOver = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private int processId;
    private String database = "";
    private int tableId;
    private @Nullable CopyResult result;

    CopyJob(CopyCommand command) {
        this.command = command;
    }

    CopyCommand command() {
        return command;
    }

    /** What must be known of the target; asked on the client's own session, as the table may be a temporary one. */
    String columnsQuery() {
        return """
                SELECT a.attname, t.typname, a.atttypmod, a.attnotnull, a.attidentity, a.attrelid, pg_backend_pid(), \
                current_database() \
                FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid \
                WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attrelid = pg_catalog.to_regclass('"""
                + command.table().replace("'", "''")
                + "') ORDER BY a.attnum";
    }

    void addColumn(List<@Nullable String> row) {
        columns.add(CopyColumn.of(row));
        tableId = Integer.parseUnsignedInt(requireNonNull(row.get(5)));
        processId = Integer.parseInt(requireNonNull(row.get(6)));
        database = requireNonNull(row.get(7));
    }

    /** Returns the columns that the fields of a record go to, in the order of the fields. */
    List<CopyColumn> fields() {
        if (command.columns().isEmpty()) {
            return columns.stream()
                    .filter(c -> !c.identity() || command.options().explicitIds)
                    .toList();
        }
        return command.columns().stream()
                .flatMap(name -> columns.stream().filter(c -> c.name().equals(name)))
                .toList();
    }

    int processId() {
        return processId;
    }

    int tableId() {
        return tableId;
    }

    String database() {
        return database;
    }

    @Nullable
    CopyResult result() {
        return result;
    }

    void result(CopyResult value) {
        result = value;
    }

    /** Open once the thread that asked for the COPY has left the connection. PostgreSQL may answer before that. */
    CountDownLatch handedOver() {
        return handedOver;
    }

    /** Open once the data is sent, or never will be. */
    CountDownLatch finished() {
        return finished;
    }
}
