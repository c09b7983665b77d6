package io.caravan.prove;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.sandbox.Sandbox;
import io.caravan.sandbox.SandboxOptions;
import io.caravan.sandbox.fault.Fault;
import io.caravan.sandbox.fault.Flavour;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The trial of assumptions, tried on the stand-in: what differs there is a fault of the stand-in's, or of the trial. */
@ExtendWith(SandboxExtension.class)
class ProofIT {

    /** Where the stand-in is stricter than Redshift's documentation, or says it in other words. */
    private static final Set<String> STAND_IN_DIFFERS = Set.of(
            // It has the identities that take values in the form of those that do not.
            "the owner reads defaults and identities",
            "another user reads defaults and identities",
            "pg_get_expr tells an identity, and a default identity, which takes values, apart",
            // Its late-binding views are views of PostgreSQL's.
            "it is changed although a late-binding view reads it");

    /** What the stand-in does not have. */
    private static final Set<String> NOT_ON_THE_STAND_IN = Set.of(
            "the same under the other isolation level",
            // It knows one user.
            "another user reads defaults and identities",
            "svv_columns hides defaults from another user (the stand-in does; Caravan does not rely on it)",
            // It asks nobody about roles.
            "a role that does not exist does not look like bad rows",
            "one load is billed for no more than 3 minutes",
            // Its names are PostgreSQL's.
            "a name of 127 bytes is kept whole");

    private static final String LEFT_OUT = "[0-9]+ statements are parsed";

    private final TestSandbox sandbox;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    ProofIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    private Proof proof(Map<String, String> variables) {
        return new Proof(
                variables,
                new PrintWriter(out),
                new PrintWriter(err),
                Clock.systemUTC(),
                RandomGenerator.of("SecureRandom"));
    }

    private int prove(Map<String, String> variables, String... arguments) throws Exception {
        return proof(variables).run(arguments);
    }

    @Test
    void allHoldsOnTheStandInAndNothingIsLeftThere() throws Exception {
        List<String> before = all(sandbox);
        Path file = directory.resolve("proof.json");

        int exitCode = prove(sandbox.environment(), "--json", file.toString());

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(claims(json, Verdict.DIFFERS)).as("%s", out).isSubsetOf(STAND_IN_DIFFERS);
        assertThat(claims(json, Verdict.UNTRIED).stream()
                        .filter(claim -> !claim.matches(LEFT_OUT))
                        .toList())
                .as("%s", out)
                .isSubsetOf(NOT_ON_THE_STAND_IN);
        assertThat(claims(json, Verdict.HOLDS)).hasSizeGreaterThan(60);
        assertThat(exitCode).isEqualTo(claims(json, Verdict.DIFFERS).isEmpty() ? 0 : 3);
        assertThat(json.get("notRemoved")).isEmpty();
        assertThat(all(sandbox)).isEqualTo(before);
        assertThat(Files.readString(file) + out)
                .doesNotContain(sandbox.sandbox().password())
                .doesNotContain(sandbox.sandbox().secretKey())
                .doesNotContain(sandbox.sandbox().accessKey())
                .doesNotContainPattern("(?<![0-9])[0-9]{12}(?![0-9])");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aServerlessStandInHoldsWhatItsViewsAreAskedFor() throws Exception {
        try (Sandbox started = Sandbox.start(SandboxOptions.temporary().with(Flavour.SERVERLESS));
                TestSandbox serverless = new TestSandbox(started, 1)) {
            List<String> before = all(serverless);

            assertThat(prove(serverless.environment(), "--only", "1,6,9"))
                    .as("%s", out)
                    .isEqualTo(0);

            assertThat(all(serverless)).isEqualTo(before);
            assertThat(out.toString()).contains("stv_db_isolation_level", "sys_load_error_detail");
        }
    }

    @Test
    void aDifferenceIsToldWithWhatWasSeen() throws Exception {
        List<String> before = all(sandbox);
        sandbox.failNext(Fault.of(Fault.Kind.SERIALIZABLE_VIOLATION, "SUM(CAST(FNV_HASH"));

        assertThat(prove(sandbox.environment(), "--only", "2")).isEqualTo(3);

        assertThat(out.toString())
                .containsPattern(
                        "differs +hashes are summed as DECIMAL\\(38,0\\) without overflow\\s+XX000 ERROR: 1023");
        assertThat(all(sandbox)).isEqualTo(before);
    }

    @Test
    void anAssumptionThatHangsOrFailsKeepsNobodyFromTheNext() throws Exception {
        List<String> before = all(sandbox);

        int exitCode = proof(sandbox.environment()).run(List.of(new Hanging(), new Failing(), new SumOfHashes()));

        assertThat(exitCode).isEqualTo(3);
        assertThat(out.toString())
                .containsPattern("differs +hanging\\s+it had not ended after 1 s")
                .containsPattern("differs +failing\\s+42601 ERROR: syntax error")
                .containsPattern("holds +hashes are summed");
        assertThat(all(sandbox)).isEqualTo(before);
    }

    @Test
    void whatCannotBeReachedOrUnderstoodHasItsExitCode() throws Exception {
        assertThat(prove(Map.of())).isEqualTo(2);
        assertThat(prove(sandbox.environment(), "--rain")).isEqualTo(2);
        assertThat(prove(sandbox.environment(), "--only", "99")).isEqualTo(2);
        assertThat(prove(sandbox.environment(), "--json")).isEqualTo(2);
        Map<String, String> wrong = new HashMap<>(sandbox.environment());
        wrong.put("CARAVAN_WAREHOUSE_PASSWORD", "not-the-password");
        assertThat(prove(wrong)).isEqualTo(1);
        assertThat(err.toString()).contains("the warehouse cannot be used: 28").doesNotContain("not-the-password");
    }

    @Test
    void aLedgerThatIsThereIsLeftAlone() throws Exception {
        try (TestSandbox used = sandbox.part("used")) {
            used.execute("CREATE SCHEMA caravan", "CREATE TABLE caravan.targets (target VARCHAR(512))");

            assertThat(prove(used.environment(), "--only", "4")).isEqualTo(0);

            assertThat(out.toString()).contains("the schema caravan is in this database already");
            assertThat(used.lines("SELECT COUNT(*) FROM caravan.targets")).containsExactly("0");
        }
    }

    @Test
    void onSigtermItLeavesNothingBehind() throws Exception {
        try (TestSandbox stopped = sandbox.part("stopped")) {
            List<String> before = all(stopped);
            Process process = start(stopped);
            try {
                // Amid the loads, which are processes of their own.
                Waiting.until("its loads have begun", () -> schemas(stopped).contains("caravan"));
            } finally {
                process.destroy();
            }

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(all(stopped)).isEqualTo(before);
        }
    }

    private Process start(TestSandbox where) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Proof.class.getName(),
                        "--only",
                        "4")
                .redirectOutput(new File("/dev/null"))
                .redirectError(new File("/dev/null"));
        builder.environment().putAll(where.environment());
        return builder.start();
    }

    private static final class Hanging implements Assumption {

        @Override
        public int number() {
            return 1;
        }

        @Override
        public String name() {
            return "hanging";
        }

        @Override
        public String settles() {
            return "nothing";
        }

        @Override
        public Duration limit() {
            return Duration.ofSeconds(1);
        }

        @Override
        public void tryOn(Ground ground, Findings findings) throws Exception {
            String lock = "LOCK TABLE " + ground.schema() + ".locked";
            Session holder = ground.connect();
            holder.execute("CREATE TABLE " + ground.schema() + ".locked (id INT)");
            holder.begin();
            holder.execute(lock);
            Session waiter = ground.connect();
            waiter.begin();
            waiter.execute(lock);
        }
    }

    private static final class Failing implements Assumption {

        @Override
        public int number() {
            return 98;
        }

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public String settles() {
            return "nothing";
        }

        @Override
        public void tryOn(Ground ground, Findings findings) throws Exception {
            try (Session session = ground.connect()) {
                session.begin();
                session.execute("CREATE TABLE " + ground.schema() + ".half (id INT)", "SELEC 1");
            }
        }
    }

    /** What is in the database and in the bucket for data files, beside what is always there. */
    private static List<String> all(TestSandbox where) throws SQLException {
        List<String> all = new ArrayList<>(schemas(where));
        all.addAll(where.lines("SELECT usename FROM pg_catalog.pg_user ORDER BY usename"));
        all.addAll(
                where
                        .s3()
                        .listObjectsV2Paginator(
                                list -> list.bucket(where.sandbox().stagingBucket()))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .filter(key -> key.contains("caravan_proof"))
                        .toList());
        return all;
    }

    private static List<String> schemas(TestSandbox where) throws SQLException {
        return where.lines(
                "SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname NOT LIKE 'pg_%' ORDER BY nspname");
    }

    private static Set<String> claims(JsonNode json, Verdict verdict) {
        Set<String> claims = new TreeSet<>();
        for (JsonNode assumption : json.get("assumptions")) {
            for (JsonNode claim : assumption.get("claims")) {
                if (claim.get("verdict").asText().equals(verdict.text())) {
                    claims.add(claim.get("claim").asText());
                }
            }
        }
        return claims;
    }
}
