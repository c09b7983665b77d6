package io.caravan.sandbox.copy;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.caravan.sandbox.command.CopyCommand;
import io.caravan.sandbox.token.Names;
import io.caravan.sandbox.value.BinaryRows;
import io.caravan.sandbox.value.CopyColumn;
import io.caravan.sandbox.value.CopyRows;
import io.caravan.sandbox.value.TextRows;
import io.caravan.sandbox.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One run of a COPY: shared by the two threads of a session, which take turns at the connection to PostgreSQL by
 * {@link #handedOver} and {@link #finished}.
 */
public final class CopyJob {

    private final CopyCommand command;
    private final boolean cutsAtNul;
    private final List<CopyColumn> columns = new ArrayList<>();
    private final CountDownLatch columnsKnown = new CountDownLatch(1);
    private final CountDownLatch handedOver = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private int processId;
    private String database = "";
    private int tableId;
    private @Nullable CopyResult result;

    public CopyJob(CopyCommand command) {
        this(command, false);
    }

    /** Takes whether a field ends at a NUL byte; in a CSV none does. */
    public CopyJob(CopyCommand command, boolean cutsAtNul) {
        this.command = command;
        this.cutsAtNul = cutsAtNul && !command.options().csv;
    }

    boolean cutsAtNul() {
        return cutsAtNul;
    }

    CopyCommand command() {
        return command;
    }

    /** What must be known of the target; asked on the client's own session, as the table may be a temporary one. */
    public String columnsQuery() {
        return """
                SELECT a.attname, t.typname, a.atttypmod, a.attnotnull, a.attidentity, a.attrelid, pg_backend_pid(), \
                current_database(), a.atthasdef OR a.attidentity <> '', pg_client_encoding() <> 'UTF8' OR \
                t.typname = 'timestamptz' AND current_setting('TimeZone') NOT IN ('UTC', 'Etc/UTC', 'GMT') \
                FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid \
                WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attrelid = pg_catalog.to_regclass("""
                + Names.literal(command.table())
                + ") ORDER BY a.attnum";
    }

    public void addColumn(List<@Nullable String> row) {
        columns.add(CopyColumn.of(row));
        tableId = Integer.parseUnsignedInt(requireNonNull(row.get(5)));
        processId = Integer.parseInt(requireNonNull(row.get(6)));
        database = requireNonNull(row.get(7));
    }

    /** Returns the columns that are listed, in that order: without a list, all of the table. */
    List<CopyColumn> columns() {
        if (command.columns().isEmpty()) {
            return List.copyOf(columns);
        }
        return command.columns().stream()
                .flatMap(name -> columns.stream().filter(c -> c.name().equals(name)))
                .toList();
    }

    /** Returns the columns that the fields of a record go to, in that order: an IDENTITY counts by itself. */
    List<CopyColumn> filledColumns() {
        return columns().stream()
                .filter(c -> command.options().explicitIds || !c.identity())
                .toList();
    }

    /** Returns PostgreSQL's statement, which must be made once the columns are known. */
    public String sql() {
        List<String> names = command.columns().isEmpty()
                ? filledColumns().stream().map(CopyColumn::name).toList()
                : command.columns();
        String list = names.stream().map(Names::quoted).collect(joining(", "));
        return "COPY " + command.table() + (list.isEmpty() ? "" : " (" + list + ")") + " FROM STDIN WITH ("
                + (needsText() ? "FORMAT text, ENCODING 'UTF8', DEFAULT E'\\\\D'" : "FORMAT binary") + ")";
    }

    /** Returns where to put the rows for that statement. */
    CopyRows rows(WireWriter to) {
        return needsText() ? new TextRows(to) : new BinaryRows(to);
    }

    private boolean needsText() {
        return filledColumns().stream().anyMatch(CopyColumn::needsText);
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

    /** Open once PostgreSQL has answered the query for them. */
    public CountDownLatch columnsKnown() {
        return columnsKnown;
    }

    /** Open once the thread that asked for the COPY has left the connection. PostgreSQL may answer before that. */
    public CountDownLatch handedOver() {
        return handedOver;
    }

    /** Open once the data is sent, or never will be. */
    public CountDownLatch finished() {
        return finished;
    }
}
