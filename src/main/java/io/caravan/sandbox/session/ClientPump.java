package io.caravan.sandbox.session;

import io.caravan.sandbox.copy.CopyJob;
import io.caravan.sandbox.fault.Fault;
import io.caravan.sandbox.fault.FaultException;
import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.grammar.Counts;
import io.caravan.sandbox.grammar.Relations;
import io.caravan.sandbox.grammar.StatementJudge;
import io.caravan.sandbox.grammar.Switch;
import io.caravan.sandbox.grammar.TableLock;
import io.caravan.sandbox.grammar.Verdict;
import io.caravan.sandbox.session.Expected.Kind;
import io.caravan.sandbox.token.Names;
import io.caravan.sandbox.token.Tokenizer;
import io.caravan.sandbox.wire.WireBody;
import io.caravan.sandbox.wire.WireReader;
import io.caravan.sandbox.wire.WireWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Passes what the client asks on to PostgreSQL, once the judge has seen it. Waits while a COPY has the connection. */
final class ClientPump {

    private static final byte[] NOTHING = {};
    private static final byte[] NOTHING_BOUND = {0, 0};
    private static final String HIDDEN_NAME = "caravan_sandbox";

    private final WireReader client;
    private final WireWriter backend;
    private final BackendPump answers;
    private final StatementJudge judge;
    private final SessionFaults faults;
    private final SessionSwitches switches;
    private final Counts counts;
    private final QueryNumbers numbers;
    private final Transaction transaction = new Transaction();
    private final Map<String, Asked> statements = new HashMap<>();
    private final Map<String, Asked> portals = new HashMap<>();
    private final Map<String, Relations> relations = new HashMap<>();

    ClientPump(
            WireReader client,
            WireWriter backend,
            BackendPump answers,
            StatementJudge judge,
            SessionFaults faults,
            SessionSwitches switches,
            Counts counts) {
        this.client = client;
        this.backend = backend;
        this.answers = answers;
        this.judge = judge;
        this.faults = faults;
        this.switches = switches;
        this.counts = counts;
        this.numbers = new QueryNumbers(counts);
    }

    /** Returns when the client says good-bye or is gone. */
    void run() throws IOException, InterruptedException {
        while (true) {
            if (!client.buffered()) {
                backend.flush();
            }
            int type = client.read();
            if (type < 0) {
                return;
            }
            byte[] body = client.readBytes(client.readInt() - 4);
            switch (type) {
                case 'Q' -> query(new WireBody(body).text());
                case 'P' -> parse(body);
                case 'B' -> bind(body);
                case 'E' -> execute(body);
                case 'D' -> forward(type, body, Expected.visible(Kind.DESCRIBE));
                case 'C' -> forward(type, body, Expected.visible(Kind.CLOSE));
                case 'S' -> {
                    transaction.synced();
                    forward(type, body, Expected.visible(Kind.SYNC));
                }
                case 'H' -> backend.message(type, body);
                case 'X' -> {
                    backend.message(type, body);
                    backend.flush();
                    return;
                }
                default -> throw new IOException("message of type " + (char) type + " is not known to Redshift");
            }
        }
    }

    private void forward(int type, byte[] body, Expected answer) throws IOException {
        answers.expect(answer);
        backend.message(type, body);
    }

    private void parse(byte[] body) throws IOException {
        WireBody in = new WireBody(body);
        String name = in.text();
        String text = in.text();
        Verdict verdict = judge.judge(text);
        if (verdict instanceof Verdict.Alone && transaction.open()) {
            verdict = new Verdict.Refuse(
                    new SqlError("25001", "ALTER TABLE ALTER COLUMN TYPE cannot run inside a transaction block"));
        }
        byte[] types = in.rest();
        Asked asked = Asked.of(text, verdict);
        statements.put(name, asked);
        relations.remove(name);
        if (verdict instanceof Verdict.Refuse refuse) {
            fail(name, refuse.error());
        } else {
            before(verdict);
            if (!name.isEmpty() && asked.reads()) {
                note(name, asked);
            }
            forward('P', WireBody.parse(name, verdict.sql(), types), Expected.visible(Kind.PARSE));
        }
    }

    /** Has PostgreSQL fail, so that it drops what follows and its transaction; the client sees this error. */
    private void fail(String name, SqlError error) throws IOException {
        byte[] text = WireBody.parse(name, Verdict.Refuse.FAILS, NOTHING_BOUND);
        forward('P', text, Expected.failing(Kind.PARSE, error));
    }

    /** Notes what the tables of a named statement are by now. */
    private void note(String name, Asked asked) throws IOException {
        Relations named = new Relations(Tokenizer.statements(asked.text()).get(0), counts.changes());
        relations.put(name, named);
        hidden(named.query(), Expected.noting(named));
    }

    private void bind(byte[] body) throws IOException {
        WireBody in = new WireBody(body);
        String portal = in.text();
        String name = in.text();
        Asked asked = statements.get(name);
        if (asked == null) {
            portals.remove(portal);
        } else if (!StatementJudge.fits((long) body.length + asked.text().length())) {
            portals.remove(portal);
            fail(
                    HIDDEN_NAME,
                    StatementJudge.tooLarge((long) body.length + asked.text().length()));
        } else {
            portals.put(portal, asked);
            before(asked.verdict());
            for (String sql : preparation(asked)) {
                hidden(sql, Expected.hidden(Kind.EXECUTE));
            }
            Relations named = relations.get(name);
            if (named != null && named.doubtful(counts.changes())) {
                hidden(named.check(), Expected.hidden(Kind.EXECUTE));
            }
        }
        forward('B', body, Expected.visible(Kind.BIND));
    }

    /**
     * Asks for what must come before the statement. A table is locked before PostgreSQL so much as parses what writes it,
     * as parsing takes the transaction's snapshot: one that waits for the lock sees what the other committed.
     */
    private void before(Verdict verdict) throws IOException {
        if (verdict instanceof Verdict.Write write) {
            lock(write.table(), write.shared());
        } else if (verdict instanceof Verdict.Copy copy) {
            assumeRole(copy.command().options().iamRole);
            lock(copy.command().table(), true);
        } else if (verdict instanceof Verdict.ForwardAndCommit truncate) {
            lock(truncate.table(), false);
        } else if (verdict instanceof Verdict.Alone alone) {
            hidden(alone.check(), Expected.hidden(Kind.EXECUTE));
        }
    }

    /** Returns what PostgreSQL carries out before the statement, in either protocol. */
    private List<String> preparation(Asked asked) {
        List<String> sql = new ArrayList<>();
        numbers.tell(asked).ifPresent(sql::add);
        switches.delay(asked).ifPresent(sql::add);
        return sql;
    }

    private void assumeRole(String role) throws IOException {
        if (!role.isEmpty()) {
            String sql = "SELECT sandbox_internal.check_assume_role(" + Names.literal(role) + ")";
            hidden(sql, Expected.hidden(Kind.EXECUTE));
        }
    }

    private void lock(String table, boolean shared) throws IOException {
        if (!transaction.locks(table, shared)) {
            return;
        }
        for (String sql : new TableLock(table, shared).statements(transaction.open())) {
            hidden(sql, Expected.hidden(Kind.EXECUTE));
        }
    }

    private void execute(byte[] body) throws IOException, InterruptedException {
        Asked asked = portals.get(new WireBody(body).text());
        if (asked == null) {
            forward('E', body, Expected.visible(Kind.EXECUTE));
            return;
        }
        Optional<Fault> fault = answers.skipping() ? Optional.empty() : faults.strike(asked, transaction);
        boolean cut = fault.isPresent() && cuts(fault.get());
        transaction.executed(asked.text(), asked.kind());
        executed(asked);
        Optional<SqlError> failure = switches.failure(asked);
        if (fault.isPresent() && !cut) {
            fail(HIDDEN_NAME, fault.get().error());
        } else if (failure.isPresent()) {
            fail(HIDDEN_NAME, failure.get());
        } else if (asked.verdict() instanceof Verdict.Copy copy) {
            copy(job(copy));
        } else {
            forward('E', body, cut ? Expected.cutting(Kind.EXECUTE) : Expected.visible(Kind.EXECUTE));
            if (asked.verdict() instanceof Verdict.ForwardAndCommit) {
                hidden("COMMIT", Expected.hidden(Kind.EXECUTE));
            } else if (asked.verdict() instanceof Verdict.Arm arm) {
                faults.add(arm.fault());
            } else if (asked.verdict() instanceof Verdict.Turn turn) {
                switches.turn(turn);
            }
        }
    }

    private CopyJob job(Verdict.Copy copy) {
        return new CopyJob(copy.command(), switches.on(Switch.CUT_AT_NUL));
    }

    private void executed(Asked asked) {
        if (asked.changesTables()) {
            counts.change();
        }
        numbers.executed(asked);
    }

    /** Returns whether the connection is to be cut after the COMMIT; cuts it at once if before. */
    private static boolean cuts(Fault fault) throws FaultException {
        if (fault.kind() == Fault.Kind.DROP_BEFORE_COMMIT) {
            throw new FaultException(fault.kind());
        }
        return fault.kind() == Fault.Kind.DROP_AFTER_COMMIT;
    }

    private void copy(CopyJob job) throws IOException, InterruptedException {
        hidden(job.columnsQuery(), Expected.copying(Kind.EXECUTE, true, job));
        backend.message('H', NOTHING);
        backend.flush();
        await(job.columnsKnown());
        openHidden(job.sql(), Expected.copying(Kind.EXECUTE, false, job));
        backend.message('H', NOTHING);
        handOver(job);
        closeHidden();
    }

    private void hidden(String sql, Expected answer) throws IOException {
        openHidden(sql, answer);
        closeHidden();
    }

    private void openHidden(String sql, Expected answer) throws IOException {
        // One that failed is still there.
        forward('C', WireBody.text("S" + HIDDEN_NAME), Expected.hidden(Kind.CLOSE));
        forward('P', WireBody.parse(HIDDEN_NAME, sql, NOTHING_BOUND), Expected.hidden(Kind.PARSE));
        forward('B', WireBody.bind(HIDDEN_NAME, HIDDEN_NAME), Expected.hidden(Kind.BIND));
        forward('E', WireBody.execute(HIDDEN_NAME), answer);
    }

    private void closeHidden() throws IOException {
        forward('C', WireBody.text("P" + HIDDEN_NAME), Expected.hidden(Kind.CLOSE));
    }

    /** Carries out a text of the simple protocol, which the driver does not speak; it takes no table locks. */
    private void query(String sql) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        CopyJob job = null;
        List<Verdict> verdicts = judge.judgeAll(sql);
        boolean cut = false;
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Refuse refuse) {
                failQuery(refuse.error());
                return;
            }
            Asked asked = Asked.of(sql, verdict);
            Optional<Fault> fault = verdicts.size() == 1 ? faults.strike(asked, transaction) : Optional.empty();
            cut = fault.isPresent() && cuts(fault.get());
            if (fault.isPresent() && !cut) {
                failQuery(fault.get().error());
                return;
            }
            for (String before : preparation(asked)) {
                forward('Q', WireBody.text(before), Expected.hidden(Kind.QUERY));
            }
            transaction.executed(sql, asked.kind());
            executed(asked);
            Optional<SqlError> failure = switches.failure(asked);
            if (failure.isPresent()) {
                failQuery(failure.get());
                return;
            }
            String part = verdict.sql();
            if (verdict instanceof Verdict.Copy copy) {
                if (verdicts.size() > 1) {
                    failQuery(SqlError.unsupported("COPY together with other statements in one text"));
                    return;
                }
                job = job(copy);
                forward('Q', WireBody.text(job.columnsQuery()), Expected.copying(Kind.QUERY, true, job));
                backend.flush();
                await(job.columnsKnown());
                part = job.sql();
            }
            text.append(text.isEmpty() ? "" : ";\n").append(part);
            if (verdict instanceof Verdict.ForwardAndCommit) {
                text.append(";\nCOMMIT");
            } else if (verdict instanceof Verdict.Arm arm) {
                faults.add(arm.fault());
            } else if (verdict instanceof Verdict.Turn turn) {
                switches.turn(turn);
            }
        }
        forward('Q', WireBody.text(text.toString()), new Expected(Kind.QUERY, false, null, job, null, cut));
        transaction.synced();
        if (job != null) {
            handOver(job);
        }
    }

    private void failQuery(SqlError error) throws IOException {
        forward('Q', WireBody.text(Verdict.Refuse.FAILS), Expected.failing(Kind.QUERY, error));
    }

    /** PostgreSQL discards a Sync that arrives amid COPY data, and the session would hang: send nothing until it is over. */
    private void handOver(CopyJob job) throws IOException, InterruptedException {
        backend.flush();
        job.handedOver().countDown();
        await(job.finished());
    }

    /** Returns early where PostgreSQL ignores what it was asked. */
    private void await(CountDownLatch answered) throws InterruptedException {
        while (!answered.await(20, TimeUnit.MILLISECONDS)) {
            if (answers.skipping()) {
                return;
            }
        }
    }
}
