package io.caravan.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.app.secret.Secret;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

    private static final String URL = "jdbc:redshift://host:5439/dev";

    @TempDir
    private Path directory;

    @BeforeEach
    void routes() throws IOException {
        Files.createDirectory(directory.resolve("routes"));
    }

    @Test
    void aUrlIsEnough() throws IOException {
        write("caravan.warehouse.url=" + URL);

        assertThat(read(Map.of()).effective())
                .containsExactly(
                        Map.entry("caravan.warehouse.url", URL),
                        Map.entry("caravan.ledger.refresh", "5m"),
                        Map.entry(
                                "caravan.state.directory",
                                Path.of(
                                                System.getProperty("java.io.tmpdir"),
                                                "caravan-" + System.getProperty("user.name"))
                                        .toString()),
                        Map.entry(
                                "caravan.routes.directory",
                                directory.resolve("routes").toString()),
                        Map.entry("caravan.routes.reload-interval", "2s"),
                        Map.entry("caravan.routes.only-feeds", "false"),
                        Map.entry("caravan.catalog.refresh", "5m"),
                        Map.entry("caravan.election", "none"),
                        Map.entry("caravan.s3.path-style", "false"),
                        Map.entry("caravan.http.port", "8080"));
    }

    /** A new setting is missing here until it is read and shown. */
    @Test
    void everySettingIsReadAndShown() throws IOException {
        Files.writeString(directory.resolve("password"), "hidden");
        Map<Setting, String> written = new EnumMap<>(Setting.class);
        written.put(Setting.WAREHOUSE_URL, "jdbc:redshift://other:5439/dev");
        written.put(Setting.WAREHOUSE_USER, "somebody");
        written.put(Setting.WAREHOUSE_PASSWORD, "***");
        written.put(
                Setting.WAREHOUSE_PASSWORD_FILE, directory.resolve("password").toString());
        written.put(Setting.WAREHOUSE_PASSWORD_SECRET, "warehouse#password");
        written.put(Setting.WAREHOUSE_POOL_SIZE, "7");
        written.put(Setting.STAGING_BUCKET, "bucket");
        written.put(Setting.STAGING_PREFIX, "other/");
        written.put(Setting.STAGING_IAM_ROLE, "arn:aws:iam::123456789012:role/copy");
        written.put(Setting.STAGING_REGION, "eu-central-1");
        written.put(Setting.STAGING_ENDPOINT, "https://minio.example.org:9000");
        written.put(Setting.STAGING_ROLE, "arn:aws:iam::123456789012:role/writer");
        written.put(Setting.STAGING_EXTERNAL_ID, "caravan-7");
        written.put(Setting.STAGING_KEEP, "36h");
        written.put(Setting.REMEMBERED_ROWS_MEMORY, "100");
        written.put(Setting.WAREHOUSE_GLUE_CONNECTION, "my-redshift");
        written.put(Setting.LEDGER_REFRESH, "1m");
        written.put(Setting.MASK_KEY, "***");
        written.put(Setting.MASK_KEY_FILE, directory.resolve("password").toString());
        written.put(Setting.MASK_KEY_SECRET, "caravan/mask#key");
        written.put(Setting.DEAD_LETTER_URI, "file:dead-letters");
        written.put(Setting.EVENTS_URI, "file:events");
        written.put(Setting.OPENLINEAGE_URL, "http://marquez:5000");
        written.put(
                Setting.OPENLINEAGE_API_KEY_FILE, directory.resolve("password").toString());
        written.put(Setting.OPENLINEAGE_NAMESPACE, "shop");
        written.put(Setting.STATE_DIRECTORY, directory.resolve("state").toString());
        written.put(Setting.ROUTES_DIRECTORY, directory.toString());
        written.put(Setting.ROUTES_RELOAD_INTERVAL, "3s");
        written.put(Setting.ROUTES_ONLY_FEEDS, "true");
        written.put(Setting.CATALOG_REFRESH, "1m");
        written.put(Setting.ELECTION, "kubernetes");
        written.put(Setting.REPLICA, "caravan-1");
        written.put(Setting.S3_PATH_STYLE, "true");
        written.put(Setting.S3_ENDPOINTS, "https://minio.example.org,http://127.0.0.1:9000");
        written.put(Setting.HTTP_PORT, "9");
        written.put(Setting.HTTP_ADDRESS, "127.0.0.1");
        written.put(Setting.UI_PORT, "8081");
        written.put(Setting.UI_ADDRESS, "0.0.0.0");
        written.put(Setting.UI_AUTH, "token-file:/etc/tokens");
        written.put(Setting.UI_PROXY_SECRET_FILE, "/etc/proxy");
        written.put(Setting.UI_URL, "https://caravan.example.com");
        written.put(Setting.UI_OPERATORS, "anna,bert");
        written.put(Setting.UI_SHOW_VALUES, "operators");

        Set<Setting> all = EnumSet.allOf(Setting.class);
        all.removeAll(Setting.ONLY_IN_ENVIRONMENT);
        assertThat(written).containsOnlyKeys(all);
        written.forEach((setting, value) -> {
            Map<String, String> environment = new HashMap<>(Map.of(
                    "CARAVAN_WAREHOUSE_URL", URL,
                    "CARAVAN_WAREHOUSE_USER", "loader",
                    "CARAVAN_STAGING_BUCKET", "staging",
                    "CARAVAN_STAGING_PREFIX", "caravan/",
                    "CARAVAN_STAGING_IAM_ROLE", "default",
                    "CARAVAN_ELECTION", "warehouse",
                    "CARAVAN_UI_PORT", "0",
                    "CARAVAN_UI_AUTH", "password-file:people"));
            environment.put("CARAVAN_OPENLINEAGE_URL", "http://127.0.0.1:5000");
            if (setting == Setting.STAGING_EXTERNAL_ID) {
                environment.put("CARAVAN_STAGING_ROLE", "arn:aws:iam::123456789012:role/writer");
            }
            environment.put(setting.variable(), setting == Setting.MASK_KEY ? "0123456789abcdef" : value);
            assertThat(read(environment).effective()).containsEntry(setting.key(), value);
        });
    }

    @Test
    void theEnvironmentIsEnough() {
        Settings settings = read(Map.of(
                "CARAVAN_WAREHOUSE_URL", URL,
                "CARAVAN_WAREHOUSE_USER", "loader",
                "CARAVAN_WAREHOUSE_PASSWORD", " s3cret ",
                "CARAVAN_STAGING_BUCKET", "staging",
                "CARAVAN_STAGING_PREFIX", "caravan/",
                "CARAVAN_STAGING_IAM_ROLE", "arn:aws:iam::123456789012:role/copy",
                "CARAVAN_DEAD_LETTER_URI", "file:dead-letters",
                "CARAVAN_S3_PATH_STYLE", "TRUE",
                "CARAVAN_LOG_LEVEL", "info",
                "PATH", "/bin"));

        assertThat(settings.warehouse())
                .isEqualTo(new WarehouseSettings(URL, "loader", new Secret(" s3cret "), (Integer) null));
        assertThat(settings.staging())
                .contains(new StagingSettings(
                        "staging", "caravan/", "arn:aws:iam::123456789012:role/copy", Duration.ofHours(24)));
        assertThat(settings.loads().deadLetterUri()).isEqualTo("file:dead-letters");
        assertThat(settings.store().pathStyle()).isTrue();
    }

    @Test
    void healthIsAnsweredWhereTheSettingsSay() {
        Settings settings = read(
                Map.of("CARAVAN_WAREHOUSE_URL", URL, "CARAVAN_HTTP_PORT", "0", "CARAVAN_HTTP_ADDRESS", "127.0.0.1"));

        assertThat(settings.http()).isEqualTo(new HttpSettings("127.0.0.1", 0));
        assertThat(settings.effective()).containsEntry("caravan.http.address", "127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({"0s, 0s", "90m, 1h30m", "36h, 36h"})
    void aTimeSpanIsShownAsItCouldBeWritten(String span, String shown) {
        Settings settings = read(Map.of(
                "CARAVAN_WAREHOUSE_URL", URL,
                "CARAVAN_STAGING_BUCKET", "staging",
                "CARAVAN_STAGING_PREFIX", "caravan/",
                "CARAVAN_STAGING_IAM_ROLE", "default",
                "CARAVAN_STAGING_KEEP", span));

        assertThat(settings.staging().orElseThrow().keep()).isEqualTo(Duration.parse("PT" + span));
        assertThat(settings.effective()).containsEntry("caravan.staging.keep", shown);
    }

    @Test
    void aPasswordFileIsReadEachTime() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "first\n");
        write(
                "caravan.warehouse.url=" + URL,
                "caravan.warehouse.user=loader",
                "caravan.warehouse.password-file=password");
        WarehouseSettings warehouse = read(Map.of()).warehouse();

        assertThat(warehouse.passwordSource())
                .hasValueSatisfying(source -> assertThat(source.get()).isEqualTo("first"));
        Files.writeString(file, " second ");
        assertThat(warehouse.passwordSource())
                .hasValueSatisfying(source -> assertThat(source.get()).isEqualTo(" second "));
        assertThat(warehouse.toString()).doesNotContain("second");
    }

    @Test
    void thereIsOnePlaceForThePassword() throws IOException {
        write(
                "caravan.warehouse.url=" + URL,
                "caravan.warehouse.user=loader",
                "caravan.warehouse.password=secret",
                "caravan.warehouse.password-secret=warehouse#");

        assertThatThrownBy(() -> read(Map.of()))
                .hasMessageContaining("caravan.warehouse.password-secret and caravan.warehouse.password are both set:"
                        + " leave one of them out")
                .hasMessageContaining("caravan.warehouse.password-secret is 'warehouse#': write NAME or NAME#FIELD");
    }

    @Test
    void aPasswordFileStandsAloneAndCanBeRead() throws IOException {
        write(
                "caravan.warehouse.url=" + URL,
                "caravan.warehouse.password=secret",
                "caravan.warehouse.password-file=nowhere");

        assertThat(failure(Map.of()))
                .hasMessage(
                        """
                3 problems in the settings:
                  caravan.warehouse.password-file and caravan.warehouse.password are both set: leave one of them out
                  caravan.warehouse.password-file is set, but caravan.warehouse.user is not: say whose password it is
                  caravan.warehouse.password-file: cannot read DIRECTORY/nowhere as text in UTF-8: put the password there, or name another file"""
                                .replace("DIRECTORY", directory.toString()));
    }

    @Test
    void theEnvironmentWins() throws IOException {
        write("caravan.warehouse.url=" + URL, "caravan.warehouse.pool-size=2");

        assertThat(read(Map.of("CARAVAN_WAREHOUSE_POOL_SIZE", "9")).warehouse().poolSize())
                .isEqualTo(9);
    }

    @Test
    void anEmptyVariableTakesBackWhatTheFileSays() throws IOException {
        write("caravan.warehouse.url=" + URL, "caravan.warehouse.pool-size=2");

        assertThat(read(Map.of("CARAVAN_WAREHOUSE_POOL_SIZE", "")).warehouse().poolSize())
                .isNull();
    }

    @Test
    void otherwiseTheNumberOfFeedsSaysHowManyConnectionsThereAre() throws IOException {
        write("caravan.warehouse.url=" + URL);

        assertThat(IntStream.of(0, 1, 3, 4, 10, 15, 200).map(read(Map.of()).warehouse()::poolSize))
                .containsExactly(4, 4, 4, 5, 11, 16, 16);
        assertThat(read(Map.of("CARAVAN_WAREHOUSE_POOL_SIZE", "9")).warehouse().poolSize(200))
                .isEqualTo(9);
    }

    @Test
    void otherKeysAreCamels() throws IOException {
        write("caravan.warehouse.url=" + URL, "camel.main.name=x", "my.bucket=b");

        assertThat(read(Map.of()).camel()).isEqualTo(Map.of("camel.main.name", "x", "my.bucket", "b"));
    }

    @Test
    void allProblemsAreReportedAtOnce() throws IOException {
        write(
                "caravan.warehouse.urll=" + URL,
                "caravan.color=red",
                "caravan.log-level=DEBUG",
                "caravan.staging.bucket=s3://staging/x",
                "caravan.staging.iam-role=copy",
                "caravan.staging.keep=a day",
                "caravan.ledger.refresh=-5m",
                "caravan.routes.directory=feeds",
                "caravan.dead-letter.uri=letters",
                "caravan.s3.path-style=yes",
                "caravan.http.port=65536");

        InvalidConfigurationException e = failure(Map.of(
                "CARAVAN_WAREHOUSE_POOLSIZE", "8",
                "CARAVAN_WAREHOUSE_POOL_SIZE", "0",
                "CARAVAN_LOG_LEVEL", "loud"));

        assertThat(e.code()).isEqualTo(ErrorCode.SETTING_INVALID);
        assertThat(e)
                .hasMessage(
                        """
                16 problems in the settings:
                  caravan.color is not a setting: remove it, or look its name up in the documentation
                  caravan.warehouse.urll is not a setting: did you mean caravan.warehouse.url?
                  caravan.log-level has no effect in a file, because logging starts before it is read: set CARAVAN_LOG_LEVEL in the environment
                  CARAVAN_WAREHOUSE_POOLSIZE is not a setting: did you mean CARAVAN_WAREHOUSE_POOL_SIZE?
                  caravan.warehouse.url is not set: write jdbc:redshift://HOST:5439/DATABASE there or into CARAVAN_WAREHOUSE_URL
                  CARAVAN_WAREHOUSE_POOL_SIZE is '0': write a whole number of at least 1
                  caravan.staging.keep is 'a day': write a time span such as 24h or 90m
                  caravan.staging.prefix is not set, but caravan.staging.bucket and caravan.staging.iam-role are: set all three for COPY, or none for INSERT
                  caravan.staging.bucket is 's3://staging/x': write the bucket's name alone, without s3:// and without a prefix
                  caravan.staging.iam-role is 'copy': write the role's ARN, arn:aws:iam::ACCOUNT:role/NAME, or default
                  caravan.ledger.refresh is '-5m': write a time span such as 5m or 30s
                  caravan.dead-letter.uri is not a Camel endpoint: write a scheme first, for example file:dead-letters
                  caravan.routes.directory: DIRECTORY/feeds is not a directory: create it, or name another with --routes
                  caravan.s3.path-style is 'yes': write true or false
                  caravan.http.port is '65536': write a port from 1 to 65535, or 0 for any that is free
                  CARAVAN_LOG_LEVEL is 'loud': write ERROR, WARN, INFO, DEBUG or TRACE"""
                                .replace("DIRECTORY", directory.toString()));
    }

    @Test
    void aSingleProblemIsItsOwnMessage() {
        InvalidConfigurationException e = failure(Map.of("CARAVAN_WAREHOUSE_URL", "jdbc:postgresql://u:hidden@h/d"));

        assertThat(e.code()).isEqualTo(ErrorCode.SETTING_INVALID);
        assertThat(e)
                .hasMessage("CARAVAN_WAREHOUSE_URL does not start with jdbc:redshift::"
                        + " write jdbc:redshift://HOST:5439/DATABASE");
    }

    @Test
    void variablesThatKubernetesSetsForAServiceAreNotSettings() {
        Settings settings = read(Map.of(
                "CARAVAN_WAREHOUSE_URL", URL,
                "CARAVAN_SERVICE_HOST", "10.0.0.1",
                "CARAVAN_SERVICE_PORT_HTTP", "9876",
                "CARAVAN_PORT", "tcp://10.0.0.1:9876",
                "CARAVAN_HTTP_PORT", "tcp://10.0.0.3:80",
                "CARAVAN_PORT_9876_TCP_ADDR", "10.0.0.1",
                "CARAVAN_METRICS_SERVICE_HOST", "10.0.0.2"));

        assertThat(settings.warehouse().url()).isEqualTo(URL);
        assertThat(settings.http().port()).isEqualTo(8080);
    }

    @Test
    void theInstallationStandsInForTheWorkingDirectory(@TempDir Path elsewhere) throws IOException {
        write("caravan.warehouse.url=" + URL);

        Settings settings = new SettingsReader(Map.of(), List.of(elsewhere, directory)).read(null, null);

        assertThat(settings.routes().directory()).isEqualTo(directory.resolve("routes"));
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:redshift://h:5439/dev, dev, ",
        "jdbc:redshift://h:5439/dev?ssl=true&user=ann, dev, ann",
        "jdbc:redshift://h:5439/my%20db;UID=a%40b;PWD=c, my db, a@b",
        "jdbc:redshift:iam://cluster:eu-west-1/dev?DbUser=IAM:x, dev, IAM:x",
        "jdbc:redshift:iam://h:5439/dev, dev, ",
        "jdbc:redshift://h:5439, , ",
        "jdbc:redshift://h:5439/?databaseuser=x, , "
    })
    void theUrlMayNameTheDatabaseAndTheUser(String url, @Nullable String database, @Nullable String user) {
        WarehouseSettings settings = new WarehouseSettings(url, null, null, null);

        assertThat(settings.database()).isEqualTo(Optional.ofNullable(database));
        assertThat(settings.login()).isEqualTo(Optional.ofNullable(user));
        assertThat(new WarehouseSettings(url, "own", null, null).login()).contains("own");
    }

    @Test
    void severalDirectoriesHaveCommasBetween() throws IOException {
        Path sales = Files.createDirectory(directory.resolve("sales feeds"));
        Path people = Files.createDirectory(directory.resolve("people"));
        write("caravan.warehouse.url=" + URL, "caravan.routes.directory=sales feeds, people,./people,,routes");
        SettingsReader reader = new SettingsReader(Map.of(), List.of(directory));

        Settings settings = reader.read(null, null);
        assertThat(settings.routes().directories()).containsExactly(sales, people, directory.resolve("routes"));
        assertThat(settings.routes().directory()).isEqualTo(sales);
        assertThat(settings.effective())
                .containsEntry("caravan.routes.directory", sales + "," + people + "," + directory.resolve("routes"));
        assertThat(reader.read(null, "people,routes").routes().directories())
                .containsExactly(people, directory.resolve("routes"));
        assertThatThrownBy(() -> reader.read(null, "people,pepole"))
                .hasMessageContaining("--routes: " + directory.resolve("pepole") + " is not a directory");
        assertThatThrownBy(() -> reader.read(null, " , ")).hasMessage("--routes names no directory");
    }

    @Test
    void whatTheCommandLineNamesIsInTheWorkingDirectoryOnly(@TempDir Path elsewhere) throws IOException {
        write("caravan.warehouse.url=" + URL);
        SettingsReader reader = new SettingsReader(Map.of(), List.of(elsewhere, directory));

        InvalidConfigurationException e = catchThrowableOfType(
                InvalidConfigurationException.class, () -> reader.read(Path.of("application.properties"), "routes"));

        assertThat(e.getMessage())
                .contains(
                        elsewhere.resolve("application.properties")
                                + " does not exist: name another with --properties, or put it there",
                        "--routes: " + elsewhere.resolve("routes") + " is not a directory");
    }

    @Test
    void aFileThatIsNotUtf8IsSaidToBeSo() throws IOException {
        Files.write(directory.resolve("application.properties"), new byte[] {'a', '=', (byte) 0xe4, '\n'});

        assertThat(failure(Map.of("CARAVAN_WAREHOUSE_URL", URL)))
                .hasMessage(
                        directory.resolve("application.properties")
                                + " is not a readable properties file in UTF-8: name another with --properties, or put it there");
    }

    @Test
    void nothingShowsSecrets() {
        Settings settings = read(Map.of(
                "CARAVAN_WAREHOUSE_URL", URL + "?UID=loader&Password=hidden;SecretAccessKey=hidden&ssl=true",
                "CARAVAN_WAREHOUSE_PASSWORD", "hidden",
                "CARAVAN_DEAD_LETTER_URI", "sftp://joe:hidden@host/in?password=RAW(hidden&hidden)&passiveMode=true"));

        assertThat(settings.effective())
                .containsEntry("caravan.warehouse.url", URL + "?UID=loader&Password=***;SecretAccessKey=***&ssl=true")
                .containsEntry("caravan.warehouse.password", "***")
                .containsEntry("caravan.dead-letter.uri", "sftp://joe:***@host/in?password=***&passiveMode=true");
        assertThat(settings.toString() + settings.warehouse()).doesNotContain("hidden");
    }

    private Settings read(Map<String, String> environment) {
        return new SettingsReader(environment, List.of(directory)).read(null, null);
    }

    private InvalidConfigurationException failure(Map<String, String> environment) {
        return catchThrowableOfType(InvalidConfigurationException.class, () -> read(environment));
    }

    private void write(String... lines) throws IOException {
        Files.write(directory.resolve("application.properties"), List.of(lines));
    }
}
