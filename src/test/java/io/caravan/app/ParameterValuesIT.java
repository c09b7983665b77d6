package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Backslashes and other signs in parameters, from a route file to the table. */
@ExtendWith(SandboxExtension.class)
class ParameterValuesIT {

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    ParameterValuesIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void aBackslashIsABackslash() throws SQLException {
        RouteDirectory routes = new RouteDirectory(directory.resolve("routes"));
        TestingCaravan caravan = new TestingCaravan(sandbox, routes);
        for (String table : new String[] {"nulls", "tabs", "ruled"}) {
            sandbox.execute("CREATE TABLE public." + table + " (id INTEGER, a VARCHAR(40), b VARCHAR(40))");
        }
        String bucket = sandbox.bucket();
        routes.ownFeed("nulls", bucket, "id", "nullString", "\\N");
        routes.ownFeed("tabs", bucket, "id", "delimiter", "\\t", "escape", "\\", "nullString", "#class:x");
        routes.ownFeed(
                "ruled", bucket, "id", "columns", "C:\\x=a", "constants", "b=D:\\", "rules", "a: matches [A-Z]\\d");
        sandbox.put("nulls/1.csv", "id,a,b\n1,\\N,x\n2,N,\\\n3,x,\\N\n");
        sandbox.put("tabs/1.csv", "id\ta\tb\n1\tx\\\ty\t#class:x\n2\tt\\\\\tN\n");
        sandbox.put("ruled/1.csv", "id,C:\\x\n1,A1\n2,Ad\n");

        assertThat(caravan.run(StagedBy.COPY, "check", "--offline").exitCode()).isZero();
        assertThat(caravan.load(StagedBy.COPY, "nulls")).containsExactly("nulls/1.csv loaded 3 3 0 0 0 0");
        assertThat(caravan.load(StagedBy.COPY, "tabs")).containsExactly("tabs/1.csv loaded 2 2 0 0 0 0");
        assertThat(caravan.load(StagedBy.INSERT, "ruled")).containsExactly("ruled/1.csv loaded 2 1 0 0 0 1");

        assertThat(caravan.lines("SELECT id, a, b FROM public.nulls ORDER BY id"))
                .containsExactly("1 null x", "2 N \\", "3 x null");
        assertThat(caravan.lines("SELECT id, a, b FROM public.tabs ORDER BY id"))
                .containsExactly("1 x\ty null", "2 t\\ N");
        assertThat(caravan.lines("SELECT id, a, b FROM public.ruled")).containsExactly("1 A1 D:\\");
        assertThat(caravan.lines("SELECT reason FROM caravan.dead_letters WHERE feed = 'ruled'"))
                .containsExactly("breaks the rule \"a: matches [A-Z]\\d\"");
    }
}
