package io.caravan.app;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.settings.Setting;
import io.caravan.testing.HostileInputs.Kind;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/security.md} says of limits, of rights, and of what was tried. */
@ExtendWith(SandboxExtension.class)
class SecurityManualIT {

    private static final Pattern TRIED = Pattern.compile("\\| ([A-Za-z ]+) \\| (\\d+) \\| \\S.* \\|");
    private static final Pattern LIMIT = Pattern.compile("\\| `([a-zA-Z.-]+)` \\| `([^`]+)` \\| \\S.* \\|");
    private static final Pattern PARAMETER = Pattern.compile("- \\{ name: (\\w+),.* defaultValue: \"([^\"]*)\".*");
    private static final Pattern SQL = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);

    private final TestSandbox sandbox;
    private final String manual;

    SecurityManualIT(TestSandbox sandbox) throws IOException {
        this.sandbox = sandbox;
        this.manual = Files.readString(Path.of("docs", "security.md"));
    }

    @Test
    void asManyInputsOfEachKindAreTriedAsItSays() {
        Map<String, Integer> said = TRIED.matcher(manual)
                .results()
                .collect(toMap(row -> row.group(1), row -> Integer.parseInt(row.group(2))));

        assertThat(said).isEqualTo(Stream.of(Kind.values()).collect(toMap(Kind::text, Kind::count)));
        assertThat(said.values().stream().mapToInt(count -> count).sum()).isGreaterThan(500);
    }

    @Test
    void limitsHaveTheDefaultsThatItNames() throws IOException {
        Map<String, String> defaults = PARAMETER
                .matcher(Files.readString(Path.of("routes", "s3-csv-to-redshift.camel.yaml")))
                .results()
                .collect(toMap(parameter -> parameter.group(1), parameter -> parameter.group(2)));
        for (Setting setting : Setting.values()) {
            setting.defaultValue().ifPresent(value -> defaults.put(setting.key(), value));
        }

        assertThat(LIMIT.matcher(manual).results()).hasSizeGreaterThan(8).allSatisfy(row -> assertThat(defaults)
                .containsEntry(row.group(1), row.group(2)));
    }

    @Test
    void theGrantsGiveWatchersWhatHoldsNoRecord(@TempDir Path directory) throws SQLException {
        sandbox.execute("CREATE TABLE public.guarded (id INTEGER NOT NULL)");
        RouteDirectory routes = new RouteDirectory(directory);
        routes.ownFeed("guarded", sandbox.bucket(), "id");
        sandbox.put("guarded/a.csv", "id\n1\nx\n");
        new TestingCaravan(sandbox, routes).load(StagedBy.INSERT, "guarded");

        for (String block :
                SQL.matcher(manual).results().map(match -> match.group(1)).toList()) {
            for (String statement : block.split(";", -1)) {
                if (!statement.isBlank()) {
                    sandbox.execute(statement);
                }
            }
        }
        sandbox.execute(
                "CREATE USER security_watcher PASSWORD 'Watcher-1'",
                "CREATE USER security_corrector PASSWORD 'Corrector-1'",
                "ALTER GROUP caravan_watchers ADD USER security_watcher",
                "ALTER GROUP caravan_correctors ADD USER security_corrector");

        assertThat(read("security_watcher", "Watcher-1", "caravan.loads")).hasSize(1);
        assertThat(read("security_watcher", "Watcher-1", "caravan.objects")).hasSize(1);
        assertThatThrownBy(() -> read("security_watcher", "Watcher-1", "caravan.dead_letters"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied");
        assertThat(read("security_corrector", "Corrector-1", "caravan.dead_letters"))
                .hasSize(1);
        assertThatThrownBy(() -> {
                    try (Connection connection =
                            DriverManager.getConnection(sandbox.url(), "security_corrector", "Corrector-1")) {
                        connection.createStatement().execute("DELETE FROM caravan.dead_letters");
                    }
                })
                .hasMessageContaining("permission denied");
    }

    private List<?> read(String user, String password, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(sandbox.url(), user, password)) {
            return TestSandbox.query(connection, "SELECT * FROM " + table);
        }
    }
}
