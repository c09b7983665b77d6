package io.caravan.load.staging;

import static java.util.Objects.requireNonNull;

import io.caravan.model.feed.MergePlan;
import io.caravan.model.ledger.DeadLetterGroup;
import io.caravan.model.row.RejectedRow;
import io.caravan.model.row.RepairedValue;
import io.caravan.model.row.Row;
import io.caravan.spi.LoadSession;
import io.caravan.spi.RowWriter;
import io.caravan.spi.StagingSession;
import io.caravan.spi.StagingTable;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The staging tables of one load, and the session that has them; opened when the first of them is needed. */
public final class StagingTables implements AutoCloseable {

    private final Supplier<LoadSession> sessions;
    private final StagingFactory stagingFactory;
    private final Supplier<MergePlan> plan;
    private final boolean keepsRaw;
    private @Nullable MergePlan created;
    private @Nullable LoadSession session;
    private @Nullable Staging staging;

    /**
     * Opens nothing yet.
     *
     * @param sessions opens the session
     * @param plan asked once, when the session is needed
     * @param keepsRaw whether rows are staged with their records
     */
    public StagingTables(
            Supplier<LoadSession> sessions, StagingFactory stagingFactory, Supplier<MergePlan> plan, boolean keepsRaw) {
        this.sessions = sessions;
        this.stagingFactory = stagingFactory;
        this.plan = plan;
        this.keepsRaw = keepsRaw;
    }

    /** Returns the session, which nobody else uses now. */
    public LoadSession session() {
        settle();
        if (session == null) {
            session = sessions.get();
            if (created == null) {
                created = plan.get();
            }
            session.staging().begin(created);
        }
        return session;
    }

    /** Waits until what was handed over has been dealt with. */
    public void settle() {
        if (staging != null) {
            staging.settle();
        }
    }

    public Staging staging() {
        if (staging == null && session == null) {
            created = plan.get();
            staging = stagingFactory.withoutSession(created).orElse(null);
        }
        if (staging == null) {
            StagingSession open = session().staging();
            staging = stagingFactory.create(open, requireNonNull(created));
        }
        return staging;
    }

    /** Stages rows of the object with this number. */
    public void addRows(int number, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        staging().write(StagingTable.ROWS, writer -> rows.forEach(row -> write(writer, number, row)));
    }

    private void write(RowWriter writer, int number, Row row) {
        writer.field(number);
        writer.field(row.lineNumber());
        writer.fields(row.values());
        if (keepsRaw) {
            writer.field(row.raw());
        }
        writer.endRow();
    }

    /** Stages rejected rows of the object with this number. */
    public void addRejected(int number, List<RejectedRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        Staging open = staging();
        RejectedFields fields = RejectedFields.of(requireNonNull(created));
        open.write(StagingTable.REJECTED, writer -> rows.forEach(row -> fields.write(writer, number, row)));
    }

    /** Stages repaired values of the object with this number. */
    public void addRepaired(int number, List<RepairedValue> values) {
        if (values.isEmpty()) {
            return;
        }
        Staging open = staging();
        open.write(StagingTable.REPAIRED, writer -> values.forEach(value -> write(writer, number, value)));
    }

    private static void write(RowWriter writer, int number, RepairedValue value) {
        writer.field(number);
        writer.field(value.lineNumber());
        writer.field(value.column());
        writer.field(value.action().text());
        writer.field(value.original());
        writer.endRow();
    }

    /** Stages which dead letter a row of the object with this number is made of. */
    public void addReplayed(int number, long line, DeadLetterGroup group) {
        staging().write(StagingTable.REPLAYED, writer -> {
            writer.field(number);
            writer.field(line);
            writer.field(group.load());
            writer.field(group.position());
            writer.endRow();
        });
    }

    /** Stages which rows of the target a snapshot lacks. */
    public void addUnseen(Consumer<RowWriter> rows) {
        staging().write(StagingTable.UNSEEN, rows);
    }

    /** Rolls back what is not committed, and gives the connection back; data files stay until the close. */
    public void closeSession() {
        if (staging != null) {
            staging.stop();
        }
        if (session != null) {
            session.close();
            session = null;
        }
    }

    @Override
    public void close() {
        if (staging != null) {
            staging.close();
            staging = null;
        }
        closeSession();
    }
}
