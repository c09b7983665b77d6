package io.caravan.sandbox;

import io.caravan.sandbox.Expected.Kind;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Passes what the client asks on to PostgreSQL, once the judge has seen it. Waits while a COPY has the connection. */
final class ClientPump {

    private static final byte[] NOTHING = {};
    private static final byte[] NOTHING_BOUND = {0, 0};

    /** Sent in place of a refused statement: PostgreSQL fails it and its transaction, the client sees the refusal. */
    private static final String FAILS = "refused by the sandbox";

    private static final String HIDDEN_NAME = "caravan_sandbox";

    private final WireReader client;
    private final WireWriter backend;
    private final BackendPump answers;
    private final StatementJudge judge = new StatementJudge();
    private final Map<String, Verdict> statements = new HashMap<>();
    private final Map<String, Verdict> portals = new HashMap<>();

    ClientPump(WireReader client, WireWriter backend, BackendPump answers) {
        this.client = client;
        this.backend = backend;
        this.answers = answers;
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
                case 'S' -> forward(type, body, Expected.visible(Kind.SYNC));
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
        Verdict verdict = judge.judge(in.text());
        byte[] types = in.rest();
        statements.put(name, verdict);
        if (verdict instanceof Verdict.Refuse refuse) {
            forward(
                    'P',
                    WireBody.parse(name, FAILS, NOTHING_BOUND),
                    new Expected(Kind.PARSE, false, refuse.error(), null));
        } else {
            forward('P', WireBody.parse(name, sql(verdict), types), Expected.visible(Kind.PARSE));
        }
    }

    private static String sql(Verdict verdict) {
        if (verdict instanceof Verdict.Forward forward) {
            return forward.sql();
        }
        if (verdict instanceof Verdict.ForwardAndCommit forward) {
            return forward.sql();
        }
        return verdict instanceof Verdict.Copy copy ? copy.sql() : FAILS;
    }

    private void bind(byte[] body) throws IOException {
        WireBody in = new WireBody(body);
        String portal = in.text();
        Verdict verdict = statements.get(in.text());
        if (verdict == null) {
            portals.remove(portal);
        } else {
            portals.put(portal, verdict);
        }
        forward('B', body, Expected.visible(Kind.BIND));
    }

    private void execute(byte[] body) throws IOException, InterruptedException {
        Verdict verdict = portals.get(new WireBody(body).text());
        if (verdict instanceof Verdict.Copy copy) {
            CopyJob job = new CopyJob(copy.command());
            hidden(job.columnsQuery(), new Expected(Kind.EXECUTE, true, null, job));
            forward('E', body, new Expected(Kind.EXECUTE, false, null, job));
            backend.message('H', NOTHING);
            await(job);
        } else {
            forward('E', body, Expected.visible(Kind.EXECUTE));
            if (verdict instanceof Verdict.ForwardAndCommit) {
                hidden("COMMIT", Expected.hidden(Kind.EXECUTE));
            }
        }
    }

    private void hidden(String sql, Expected answer) throws IOException {
        forward('P', WireBody.parse(HIDDEN_NAME, sql, NOTHING_BOUND), Expected.hidden(Kind.PARSE));
        forward('B', WireBody.bind(HIDDEN_NAME, HIDDEN_NAME), Expected.hidden(Kind.BIND));
        forward('E', WireBody.execute(HIDDEN_NAME), answer);
        forward('C', WireBody.text("P" + HIDDEN_NAME), Expected.hidden(Kind.CLOSE));
        forward('C', WireBody.text("S" + HIDDEN_NAME), Expected.hidden(Kind.CLOSE));
    }

    private void query(String sql) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        CopyJob job = null;
        List<Verdict> verdicts = judge.judgeAll(sql);
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Refuse refuse) {
                forward('Q', WireBody.text(FAILS), new Expected(Kind.QUERY, false, refuse.error(), null));
                return;
            }
            text.append(text.isEmpty() ? "" : ";\n").append(sql(verdict));
            if (verdict instanceof Verdict.ForwardAndCommit) {
                text.append(";\nCOMMIT");
            } else if (verdict instanceof Verdict.Copy copy) {
                if (verdicts.size() > 1) {
                    SqlError error = SqlError.unsupported("COPY together with other statements in one text");
                    forward('Q', WireBody.text(FAILS), new Expected(Kind.QUERY, false, error, null));
                    return;
                }
                job = new CopyJob(copy.command());
                forward('Q', WireBody.text(job.columnsQuery()), new Expected(Kind.QUERY, true, null, job));
            }
        }
        forward('Q', WireBody.text(text.toString()), new Expected(Kind.QUERY, false, null, job));
        if (job != null) {
            await(job);
        }
    }

    /** PostgreSQL discards a Sync that arrives amid COPY data, and the session would hang: send nothing until it is over. */
    private void await(CopyJob job) throws IOException, InterruptedException {
        backend.flush();
        job.handedOver().countDown();
        while (!job.finished().await(20, TimeUnit.MILLISECONDS)) {
            if (answers.skipping()) {
                return;
            }
        }
    }
}
