package io.caravan.sandbox.session;

import io.caravan.sandbox.copy.CopyJob;
import io.caravan.sandbox.copy.CopyRunner;
import io.caravan.sandbox.fault.Fault;
import io.caravan.sandbox.fault.FaultException;
import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.wire.WireBody;
import io.caravan.sandbox.wire.WireReader;
import io.caravan.sandbox.wire.WireWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Passes what PostgreSQL answers on to the client, in a thread of its own, and runs the COPY that PostgreSQL asks data
 * for. Every answer is matched with what was asked, so the sandbox can ask things of its own in between.
 */
final class BackendPump {

    private static final String SERVER_VERSION = "8.0.2";
    private static final String TERMINATED = "57P01";

    private final WireReader backend;
    private final WireWriter toBackend;
    private final WireWriter client;
    private final CopyRunner copyRunner;
    private final LongNameBook names;
    private final Queue<Expected> expected = new ConcurrentLinkedQueue<>();
    private volatile boolean skipping;
    private boolean hideCommit;

    BackendPump(
            WireReader backend, WireWriter toBackend, WireWriter client, CopyRunner copyRunner, LongNameBook names) {
        this.backend = backend;
        this.toBackend = toBackend;
        this.client = client;
        this.copyRunner = copyRunner;
        this.names = names;
    }

    /** Must be called before the message is sent that the answer belongs to. */
    void expect(Expected answer) {
        expected.add(answer);
    }

    /** Returns whether PostgreSQL ignores everything up to the next Sync. */
    boolean skipping() {
        return skipping;
    }

    void run() throws IOException, InterruptedException {
        while (true) {
            if (!backend.buffered()) {
                client.flush();
            }
            int type = backend.read();
            if (type < 0) {
                skipping = true;
                client.flush();
                return;
            }
            answer(type, backend.readInt() - 4);
        }
    }

    private void answer(int type, int length) throws IOException, InterruptedException {
        switch (type) {
            case 'D' -> row(length);
            case '1', '2', '3' -> pass(type, length, expected.poll());
            case 'T', 'n' -> description(type, length);
            case 'C' -> complete(length);
            case 'I', 's' -> pass(type, length, pollExecute());
            case 'E' -> error(backend.readBytes(length));
            case 'N' -> notice(length);
            case 'Z' -> ready(length);
            case 'S' -> parameter(backend.readBytes(length));
            case 'G' -> copyIn(length);
            default -> pass(type, length, null);
        }
    }

    private void pass(int type, int length, @Nullable Expected answerTo) throws IOException {
        if (answerTo != null && answerTo.hidden()) {
            backend.readBytes(length);
        } else {
            client.header(type, length);
            backend.copy(length, client);
        }
    }

    private void row(int length) throws IOException {
        Expected head = expected.peek();
        if (head != null && head.hidden() && head.copy() != null) {
            head.copy().addColumn(new WireBody(backend.readBytes(length)).row());
        } else if (head != null && head.relations() != null) {
            head.relations()
                    .seen(String.valueOf(
                            new WireBody(backend.readBytes(length)).row().get(0)));
        } else {
            pass('D', length, head);
        }
    }

    private void description(int type, int length) throws IOException {
        Expected head = expected.peek();
        if (head != null && head.kind() == Expected.Kind.DESCRIBE) {
            expected.poll();
        }
        if (type == 'T' && (head == null || !head.hidden())) {
            client.message('T', WireBody.renamed(backend.readBytes(length), names::inFull));
        } else {
            pass(type, length, head);
        }
    }

    private @Nullable Expected pollExecute() {
        Expected head = expected.peek();
        return head != null && head.kind() == Expected.Kind.EXECUTE ? expected.poll() : head;
    }

    private void complete(int length) throws IOException {
        byte[] body = backend.readBytes(length);
        Expected head = pollExecute();
        if (head != null && head.cuts()) {
            throw new FaultException(Fault.Kind.DROP_AFTER_COMMIT);
        }
        if (head != null && head.hidden()) {
            if (head.copy() != null) {
                head.copy().columnsKnown().countDown();
            }
            return;
        }
        if (hideCommit) {
            hideCommit = false;
            return;
        }
        String tag = new WireBody(body).text();
        if (head != null && head.copy() != null && tag.startsWith("COPY ")) {
            client.notice('N', "INFO", new SqlError("00000", copyRunner.completed(head.copy())));
            client.message('C', WireBody.text("COPY"));
            return;
        }
        hideCommit = tag.equals("TRUNCATE TABLE") && head != null && head.kind() == Expected.Kind.QUERY;
        client.message('C', body);
    }

    private void error(byte[] body) throws IOException {
        Expected head = expected.peek();
        hideCommit = false;
        boolean query = head != null && head.kind() == Expected.Kind.QUERY;
        skipping = !query && head != null;
        if (query && head != null && head.hidden()) {
            return;
        }
        Map<Character, String> fields = ErrorTranslator.fields(body);
        SqlError error = ErrorTranslator.translate(fields);
        CopyJob copy = head == null ? null : head.copy();
        if (head != null && head.error() != null) {
            error = head.error();
        } else if (copy != null && !head.hidden()) {
            error = copyRunner.failed(copy, error);
            copy.finished().countDown();
        }
        if (error.sqlState().equals(TERMINATED)) {
            client.error("FATAL", error);
            client.flush();
            throw new FaultException(Fault.Kind.TERMINATED);
        }
        client.error(fields.getOrDefault('S', "ERROR"), new SqlError(error.sqlState(), names.inFull(error.message())));
    }

    private void notice(int length) throws IOException {
        Expected head = expected.peek();
        pass('N', length, hideCommit ? Expected.hidden(Expected.Kind.EXECUTE) : head);
    }

    private void ready(int length) throws IOException {
        Expected head = expected.poll();
        while (head != null && head.kind() != Expected.Kind.SYNC && head.kind() != Expected.Kind.QUERY) {
            head = expected.poll();
        }
        if (head != null && head.copy() != null) {
            (head.hidden() ? head.copy().columnsKnown() : head.copy().finished()).countDown();
        }
        skipping = false;
        hideCommit = false;
        pass('Z', length, head);
    }

    private void parameter(byte[] body) throws IOException {
        String name = new WireBody(body).text();
        client.message(
                'S',
                name.equals("server_version")
                        ? (name + '\0' + SERVER_VERSION + '\0').getBytes(StandardCharsets.UTF_8)
                        : body);
    }

    private void copyIn(int length) throws IOException, InterruptedException {
        backend.readBytes(length);
        Expected head = expected.peek();
        if (head == null || head.copy() == null) {
            throw new IOException("PostgreSQL asks for data that nobody has");
        }
        head.copy().handedOver().await();
        try {
            copyRunner.run(head.copy(), toBackend, backend);
        } finally {
            head.copy().finished().countDown();
        }
    }
}
