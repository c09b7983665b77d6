package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess.Result;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code sql}. */
@ExtendWith(SandboxExtension.class)
class SqlIT {

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    private TestingCaravan caravan;

    SqlIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeEach
    void prepare() {
        caravan = new TestingCaravan(sandbox, new RouteDirectory(directory.resolve("none")));
    }

    @Test
    void rowsAreATable() {
        String rows = "SELECT * FROM (SELECT 1234567 AS id, 'a' AS name, 1.50 AS paid, true AS ok UNION ALL"
                + " SELECT 2, CAST(NULL AS VARCHAR), 22.25, false) AS t ORDER BY id DESC";

        assertThat(sql(rows))
                .isEqualTo(new Result(
                        ExitCode.DONE,
                        """
                                     id  name   paid  ok
                                1234567  a      1.50  true
                                      2        22.25  false
                                """,
                        ""));
        assertThat(caravan.run(StagedBy.COPY, "sql", "--format", "json", rows).stdout())
                .isEqualToIgnoringWhitespace(
                        """
                        [
                          {"id": 1234567, "name": "a", "paid": 1.50, "ok": true},
                          {"id": 2, "name": null, "paid": 22.25, "ok": false}
                        ]
                        """);
    }

    @Test
    void changesAreCommittedAndCounted() throws Exception {
        assertThat(sql("CREATE TABLE public.by_hand (id INTEGER, name VARCHAR(20))"))
                .isEqualTo(new Result(ExitCode.DONE, "", "caravan: done\n"));
        assertThat(sql("INSERT INTO public.by_hand VALUES (1, 'a'), (2, 'b\u001b')"))
                .isEqualTo(new Result(ExitCode.DONE, "", "caravan: rows changed: 2\n"));
        assertThat(sandbox.lines("SELECT COUNT(*) FROM public.by_hand")).containsExactly("2");
        assertThat(sql("SELECT name FROM public.by_hand WHERE id = 2").stdout()).isEqualTo("name\nb\\u001b\n");
        assertThat(sql("SELECT name FROM public.by_hand WHERE id = 3").stderr())
                .isEqualTo("caravan: there is no such row\n");
        assertThat(caravan.run(StagedBy.COPY, "sql", "--limit", "1", "SELECT id FROM public.by_hand ORDER BY id"))
                .isEqualTo(new Result(
                        ExitCode.DONE,
                        "id\n 1\n",
                        "caravan: there may be more; --limit 10 shows more of them, --limit 0 all\n"));
    }

    @Test
    void whatTheWarehouseRefusesIsSaidAsItSaysIt() {
        Result refused = sql("SELECT * FROM public.nothing_by_this_name");

        assertThat(refused.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(refused.stdout()).isEmpty();
        assertThat(refused.stderr())
                .startsWith("caravan: ")
                .contains("running the statement", "relation \"public.nothing_by_this_name\" does not exist")
                .hasLineCount(1);
    }

    private Result sql(String statement) {
        return caravan.run(StagedBy.COPY, "sql", statement);
    }
}
