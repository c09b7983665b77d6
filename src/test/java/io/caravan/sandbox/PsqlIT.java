package io.caravan.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** psql shows what is there. */
@ExtendWith(SandboxExtension.class)
@Timeout(120)
final class PsqlIT {

    private static final List<String> COMMANDS =
            List.of("\\d", "\\d shown", "\\d+ shown_view", "\\dt", "\\dv", "\\dn", "\\df", "\\l", "\\du", "\\dp");

    private final TestSandbox sandbox;

    PsqlIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void tables() throws SQLException {
        sandbox.execute(
                "DROP TABLE IF EXISTS shown CASCADE",
                "CREATE TABLE shown (id INTEGER PRIMARY KEY, v VARCHAR(20) DEFAULT 'x', o INTEGER REFERENCES shown (id))",
                "CREATE VIEW shown_view AS SELECT id FROM shown");
    }

    @Test
    void itsBackslashCommandsWork() throws IOException, InterruptedException {
        assumeTrue(installed(), "psql is not installed; apt-get install postgresql-client");
        List<String> command = new ArrayList<>(List.of("psql", "-X", "-P", "pager=off", "-v", "ON_ERROR_STOP=1"));
        COMMANDS.forEach(c -> command.addAll(List.of("-c", c)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(sandbox.environment());
        builder.environment().put("LC_ALL", "C");
        Process psql = builder.start();
        String output = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(psql.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(psql.exitValue()).as(output).isZero();
        assertThat(output)
                .contains(
                        "public | shown      | table | awsuser",
                        "public | shown_view | view  | awsuser",
                        "\"shown_pkey\" PRIMARY KEY, btree (id)",
                        "\"shown_o_fkey\" FOREIGN KEY (o) REFERENCES shown(id)",
                        " v      | character varying(20)",
                        "View definition:")
                .doesNotContain("ERROR", "sandbox_");
    }

    /** What psql 15 asks for these commands, so that it is tried also where psql is not. */
    @Test
    void itsQuestionsAreAnswered() throws IOException, SQLException {
        String oid = String.valueOf(sandbox.query("SELECT oid FROM pg_class WHERE relname = 'shown'")
                .get(0)
                .get(0));
        List<String> statements = recorded();
        assertThat(statements).hasSizeGreaterThan(15);
        for (String statement : statements) {
            assertThatCode(() -> sandbox.query(statement.replace("OID", oid)))
                    .as(statement)
                    .doesNotThrowAnyException();
        }
    }

    private static boolean installed() {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "psql")));
    }

    private static List<String> recorded() throws IOException {
        try (InputStream in = requireNonNull(PsqlIT.class.getResourceAsStream("psql.txt"))) {
            return List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split("\n\n", -1));
        }
    }
}
