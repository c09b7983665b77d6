package io.caravan.sandbox.session;

import io.caravan.sandbox.copy.CopyRunner;
import io.caravan.sandbox.fault.Faults;
import io.caravan.sandbox.fault.Flavour;
import io.caravan.sandbox.grammar.Counts;
import io.caravan.sandbox.grammar.StatementJudge;
import io.caravan.sandbox.grammar.Switch;
import io.caravan.sandbox.grammar.Switches;
import io.caravan.sandbox.wire.WireReader;
import io.caravan.sandbox.wire.WireWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a client and the one to PostgreSQL behind it. */
public final class Session {

    private static final Logger log = LoggerFactory.getLogger(Session.class);

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int CANCEL_REQUEST = 80877102;

    private final Socket socket;
    private final int postgresPort;
    private final UnaryOperator<String> innerPasswords;
    private final Login login;
    private final CopyRunner copyRunner;
    private final Flavour flavour;
    private final Function<String, LongNameBook> books;
    private final Faults faults;
    private final Switches switches;
    private final Counts counts;

    public Session(
            Socket socket,
            int postgresPort,
            UnaryOperator<String> innerPasswords,
            Login login,
            CopyRunner copyRunner,
            Flavour flavour,
            Function<String, LongNameBook> books,
            Faults faults,
            Switches switches,
            Counts counts) {
        this.socket = socket;
        this.postgresPort = postgresPort;
        this.innerPasswords = innerPasswords;
        this.login = login;
        this.copyRunner = copyRunner;
        this.flavour = flavour;
        this.books = books;
        this.faults = faults;
        this.switches = switches;
        this.counts = counts;
    }

    void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            WireReader in = new WireReader(socket.getInputStream());
            WireWriter out = new WireWriter(socket.getOutputStream());
            while (true) {
                int length = in.readInt() - 4;
                int code = in.readInt();
                byte[] body = in.readBytes(length - 4);
                if (code == SSL_REQUEST || code == GSS_REQUEST) {
                    socket.getOutputStream().write('N');
                } else if (code == CANCEL_REQUEST) {
                    cancel(body);
                    return;
                } else {
                    Startup startup = Startup.of(body);
                    if (login.accept(startup.user(), in, out)) {
                        serve(startup, in, out);
                    }
                    return;
                }
            }
        } catch (IOException e) {
            log.debug("A client is gone: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // PostgreSQL goes first when the sandbox is closed.
            log.warn("A client is sent away: {}", e.getMessage());
        }
    }

    private void serve(Startup startup, WireReader in, WireWriter out) throws IOException, InterruptedException {
        try (Socket postgres = connect()) {
            postgres.setTcpNoDelay(true);
            SessionSwitches own = new SessionSwitches(switches, startup.database());
            postgres.getOutputStream()
                    .write(startup.message(
                            timeout(own.get(Switch.SESSION_TIMEOUT), flavour.sessionTimeout()),
                            timeout(own.get(Switch.TRANSACTION_TIMEOUT), flavour.transactionTimeout())));
            WireReader fromPostgres = new WireReader(postgres.getInputStream());
            WireWriter toPostgres = new WireWriter(postgres.getOutputStream());
            if (!new ScramLogin(fromPostgres, toPostgres, innerPasswords.apply(startup.user())).accept(out)) {
                return;
            }
            LongNameBook names = books.apply(startup.database());
            BackendPump answers = new BackendPump(fromPostgres, toPostgres, out, copyRunner, names);
            Thread pump = new Thread(() -> pump(answers), Thread.currentThread().getName() + "-answers");
            pump.setDaemon(true);
            pump.start();
            try {
                SessionFaults waiting = new SessionFaults(faults, startup.database());
                StatementJudge judge = new StatementJudge(flavour, names::add);
                new ClientPump(in, toPostgres, answers, judge, waiting, own, counts).run();
            } finally {
                postgres.shutdownOutput();
                pump.join(1000);
            }
        }
    }

    private static long timeout(String millis, Duration otherwise) {
        return millis.equals("0") ? otherwise.toMillis() : Long.parseLong(millis);
    }

    private void pump(BackendPump answers) {
        try (socket) {
            answers.run();
        } catch (IOException e) {
            log.debug("A session has ended: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("A session has ended by a mistake of the sandbox", e);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), postgresPort);
    }

    /** The key is PostgreSQL's own, so PostgreSQL can judge it. */
    private void cancel(byte[] key) throws IOException {
        try (Socket postgres = connect()) {
            postgres.getOutputStream()
                    .write(ByteBuffer.allocate(8 + key.length)
                            .putInt(8 + key.length)
                            .putInt(CANCEL_REQUEST)
                            .put(key)
                            .array());
            // PostgreSQL closes when it has sent the signal.
            while (postgres.getInputStream().read() >= 0) {}
        }
    }
}
