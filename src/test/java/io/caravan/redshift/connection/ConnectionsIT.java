package io.caravan.redshift.connection;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.status.Replica;
import io.caravan.redshift.RedshiftWarehouse;
import io.caravan.spi.PasswordSource;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.TestingFirewall;
import io.caravan.testing.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of connections when the world is not kind to them. */
@ExtendWith(SandboxExtension.class)
class ConnectionsIT {

    private static final Duration IMPATIENT = Duration.ofSeconds(1);

    /** A login takes its time on a busy machine. */
    private static final Duration PATIENT = Duration.ofSeconds(60);

    private final TestSandbox sandbox;
    private final String password;
    private final AtomicReference<String> known;

    ConnectionsIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
        this.password = sandbox.sandbox().password();
        this.known = new AtomicReference<>(password);
    }

    @AfterEach
    void restorePassword() {
        sandbox.sandbox().changePassword(password);
    }

    @Test
    void theNextConnectionTakesTheNewPassword() throws SQLException {
        // Until then the pool tries again with a password that is refused.
        try (Connections connections = connect(sandbox.url(), 2, Duration.ofSeconds(3));
                Connection old = connections.fromPool()) {
            assertThat(Jdbc.queryLong(old, "SELECT 1")).isEqualTo(1);
            sandbox.sandbox().changePassword("rotated");

            SQLException refused = catchThrowableOfType(SQLException.class, connections::fromPool);
            assertThat(RedshiftFailures.translate("connecting", refused).code()).isEqualTo(ErrorCode.WAREHOUSE_LOGIN);
            assertThat(Jdbc.queryLong(old, "SELECT 2")).isEqualTo(2);

            known.set("rotated");
            try (Connection next = connections.fromPool();
                    Connection direct = connections.direct()) {
                assertThat(Jdbc.queryLong(next, "SELECT 3")).isEqualTo(3);
                assertThat(Jdbc.queryLong(direct, "SELECT 4")).isEqualTo(4);
            }
        }
    }

    @Test
    void aPasswordThatCannotBeReadIsTheReasonThatIsTold() {
        InvalidConfigurationException unreadable =
                new InvalidConfigurationException(ErrorCode.SETTING_INVALID, "no such file");
        AtomicBoolean gone = new AtomicBoolean();
        PasswordSource file = () -> {
            if (gone.get()) {
                throw unreadable;
            }
            return password;
        };
        try (Connections connections = new Connections(
                new ConnectionSettings(sandbox.url(), sandbox.sandbox().user(), file, 1, null), IMPATIENT)) {
            gone.set(true);
            SQLException failure = catchThrowableOfType(SQLException.class, connections::fromPool);

            assertThat(RedshiftFailures.translate("connecting", failure)).isSameAs(unreadable);
            assertThatThrownBy(connections::direct).isSameAs(unreadable);
        }
    }

    @Test
    void aConnectionInUseIsWaitedForHoweverLong() throws Exception {
        ExecutorService waiting = Executors.newSingleThreadExecutor();
        try (Connections connections = connect(sandbox.url(), 1, IMPATIENT)) {
            Waiting.until("there is a connection", () -> answers(connections));
            Future<Boolean> later;
            try (Connection taken = connections.fromPool()) {
                long start = System.nanoTime();
                later = waiting.submit(() -> answers(connections));
                Waiting.until(
                        "the pool has given up twice",
                        () -> System.nanoTime() - start
                                > IMPATIENT.multipliedBy(2).toNanos());
                assertThat(later.isDone()).isFalse();
                assertThat(taken.isClosed()).isFalse();
            }
            assertThat(later.get()).isTrue();
        } finally {
            waiting.shutdownNow();
        }
    }

    @Test
    void whoHoldsAConnectionIsNotKeptWaitingForAnother() throws Exception {
        try (Connections connections = connect(sandbox.url(), 1, IMPATIENT)) {
            Waiting.until("there is a connection", () -> answers(connections));
            try (Connections.Held held = connections.hold()) {
                assertThat(answers(connections)).isTrue();
                assertThat(held.connection().isClosed()).isFalse();
            }
            assertThat(connections.pool().active()).isZero();
        }
    }

    @Test
    void aPoolThatIsExhaustedSaysSo() throws Exception {
        try (Connections connections = connect(sandbox.url(), 1, IMPATIENT)) {
            Waiting.until("there is a connection", () -> answers(connections));
            try (Connection taken = connections.fromPool()) {
                SQLException exhausted = catchThrowableOfType(
                        SQLException.class, () -> connections.dataSource().getConnection());

                CaravanException failure = RedshiftFailures.translate("connecting", exhausted);
                assertThat(taken.isClosed()).isFalse();
                assertThat(failure.code()).isEqualTo(ErrorCode.WAREHOUSE_POOL_EXHAUSTED);
                assertThat(failure).hasMessageContaining("raise caravan.warehouse.pool-size");
            }
        }
    }

    @Test
    void aServerThatIsAwayIsNotAPoolThatIsExhausted() throws IOException {
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }
        try (Connections connections = connect(urlOf(port), 1, IMPATIENT)) {
            SQLException away = catchThrowableOfType(SQLException.class, connections::fromPool);

            assertThat(RedshiftFailures.translate("connecting", away).code())
                    .isEqualTo(ErrorCode.WAREHOUSE_UNREACHABLE);
        }
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Connections connections = connect(urlOf(silent.getLocalPort()) + ";loginTimeout=1", 1)) {
            SQLException failure = catchThrowableOfType(SQLException.class, connections::direct);

            assertThat(RedshiftFailures.translate("connecting", failure).code())
                    .isEqualTo(ErrorCode.WAREHOUSE_UNREACHABLE);
        }
    }

    @Test
    void connectionsThatWereCutAreReplaced() throws Exception {
        try (Connections connections = connect(sandbox.url(), 1, IMPATIENT)) {
            Waiting.until("there is a connection", () -> answers(connections));
            sandbox.sandbox().cutConnections();

            // One that was given back half a second ago is not looked at.
            Waiting.until("there is a live connection", () -> answers(connections));
        }
    }

    @Test
    void connectionsThatAFirewallForgotAreReplaced() throws Exception {
        try (TestingFirewall firewall = new TestingFirewall(sandbox.sandbox().redshiftPort());
                Connections connections = connect(urlOf(firewall.port()) + ";socketTimeout=2", 1, IMPATIENT)) {
            // A busy machine may need longer than the limit for the login.
            Waiting.until("there is a connection", () -> answers(connections));
            firewall.forget();

            Waiting.until("there is a live connection", () -> answers(connections));
        }
    }

    @Test
    void aConnectionThatIsDiscardedIsNotUsedAgain() throws SQLException {
        try (Connections connections = connect(sandbox.url(), 1)) {
            Connections.Held first = connections.hold();
            Jdbc.execute(first.connection(), "CREATE TEMP TABLE of_this_session (id INTEGER)");
            first.connection().commit();
            first.discard();

            try (Connection second = connections.fromPool()) {
                assertThatThrownBy(() -> Jdbc.execute(second, "SELECT * FROM of_this_session"))
                        .hasMessageContaining("does not exist");
            }
        }
    }

    @Test
    void idleConnectionsAreClosedAndNotAskedBefore() {
        try (Connections connections = connect(sandbox.url(), 2)) {
            HikariDataSource pool = (HikariDataSource) connections.dataSource();

            assertThat(Duration.ofMillis(pool.getIdleTimeout())).isEqualTo(Connections.IDLE_TIMEOUT);
            assertThat(pool.getMinimumIdle()).isZero();
            assertThat(pool.getKeepaliveTime()).isZero();
        }
    }

    /** A statement that the server still knows would be run by a plan that Redshift does not make anew. */
    @ParameterizedTest
    @ValueSource(strings = {"", ";enableStatementCache=true", "?ENABLESTATEMENTCACHE=true&ssl=false"})
    void theServerForgetsAStatementThatIsClosed(String options) throws SQLException {
        String url = options.startsWith("?") ? sandbox.url().replaceFirst("[;?].*", "") : sandbox.url();
        try (Connections connections = connect(url + options, 1)) {
            for (Connection connection : new Connection[] {connections.fromPool(), connections.direct()}) {
                try (connection) {
                    assertThat(keptByTheServer(connection)).isZero();
                }
            }
        }
        try (Connection caching = sandbox.connection(";enableStatementCache=true")) {
            assertThat(keptByTheServer(caching)).isOne();
        }
    }

    /** Returns how many statements the server still knows of one that was used several times. */
    private static long keptByTheServer(Connection connection) throws SQLException {
        for (int i = 0; i < 10; i++) {
            Jdbc.queryLong(connection, "SELECT 17");
        }
        return Jdbc.queryLong(
                connection, "SELECT COUNT(*) FROM pg_prepared_statements WHERE TRIM(statement) = 'SELECT 17'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";connectionTimezone=Asia/Kathmandu"})
    void everySessionIsInUtc(String options) throws SQLException {
        try (Connections connections = connect(sandbox.url() + options, 1)) {
            for (Connection connection : new Connection[] {connections.fromPool(), connections.direct()}) {
                try (connection) {
                    assertThat(TestSandbox.query(
                                    connection,
                                    "SELECT CAST(CAST('2025-11-02 01:30:00' AS TIMESTAMP) AS TIMESTAMPTZ) ="
                                            + " CAST('2025-11-02 01:30:00+00' AS TIMESTAMPTZ),"
                                            + " CAST(CAST('2025-07-01 12:00:00+00' AS TIMESTAMPTZ) AS VARCHAR)"))
                            .hasToString("[[t, 2025-07-01 12:00:00+00]]");
                }
            }
        }
    }

    /** Whose sessions had other zones would be dead to each other, or never. */
    @Test
    void replicasThatStartInOtherZonesHearOfEachOther() {
        Replica one = new Replica("one", Set.of("f"), Set.of());
        Replica other = new Replica("other", Set.of("f"), Set.of());
        try (RedshiftWarehouse kathmandu = warehouse(";connectionTimezone=Asia/Kathmandu");
                RedshiftWarehouse honolulu = warehouse(";connectionTimezone=Pacific/Honolulu")) {
            kathmandu.membership().announce(one);

            assertThat(honolulu.membership().announce(other)).containsExactly(one, other);
            assertThat(kathmandu.membership().announce(one)).containsExactly(one, other);
        }
    }

    private RedshiftWarehouse warehouse(String options) {
        return new RedshiftWarehouse(
                new ConnectionSettings(
                        sandbox.url() + options, sandbox.sandbox().user(), password, 1, null),
                false);
    }

    private static boolean answers(Connections connections) {
        try (Connection connection = connections.fromPool()) {
            return Jdbc.queryLong(connection, "SELECT 1") == 1;
        } catch (SQLException e) {
            return false;
        }
    }

    private Connections connect(String url, int poolSize) {
        return connect(url, poolSize, PATIENT);
    }

    private Connections connect(String url, int poolSize, Duration patience) {
        return new Connections(
                new ConnectionSettings(
                        url, sandbox.sandbox().user(), () -> requireNonNull(known.get()), poolSize, null),
                patience);
    }

    private String urlOf(int port) {
        return sandbox.url().replaceFirst("127.0.0.1:[0-9]+", "127.0.0.1:" + port);
    }
}
