package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.TestingAws;
import io.caravan.testing.TestingAws.Answer;
import io.caravan.testing.TestingAws.Request;
import io.caravan.testing.TlsFront;
import io.caravan.testing.Waiting;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Where Caravan gets its credentials from, when they stand in no setting. */
@ExtendWith(SandboxExtension.class)
class CredentialsIT {

    private static final String ROLE = "arn:aws:iam::123456789012:role/caravan";

    @TempDir
    private Path directory;

    private final TestSandbox sandbox;
    private final String password;
    private String name;
    private Map<String, String> environment;

    CredentialsIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
        this.password = sandbox.sandbox().password();
    }

    @BeforeEach
    void feed(TestInfo test) throws SQLException {
        name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        sandbox.execute("CREATE TABLE public." + name + " (id INTEGER NOT NULL)");
        RouteDirectory routes = new RouteDirectory(directory.resolve("routes"));
        routes.ownFeed(name, sandbox.bucket(), "id", "pollDelay", "500");
        environment = new HashMap<>(sandbox.environment());
        environment.put("CARAVAN_ROUTES_DIRECTORY", routes.path().toString());
        sandbox.put(name + "/1.csv", "id\n1\n");
    }

    @AfterEach
    void takeBackThePassword() {
        sandbox.sandbox().changePassword(password);
    }

    @Test
    void theRoleOfAServiceAccount() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "token-of-the-pod");
        try (TestingAws sts = new TestingAws(request -> Answer.xml(
                """
                <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                  <AssumeRoleWithWebIdentityResult>
                    <Credentials>
                      <AccessKeyId>%s</AccessKeyId>
                      <SecretAccessKey>%s</SecretAccessKey>
                      <SessionToken>session</SessionToken>
                      <Expiration>2099-01-01T00:00:00Z</Expiration>
                    </Credentials>
                  </AssumeRoleWithWebIdentityResult>
                </AssumeRoleWithWebIdentityResponse>
                """
                        .formatted(
                                sandbox.sandbox().accessKey(), sandbox.sandbox().secretKey())))) {
            withoutKeys();
            environment.put("AWS_ROLE_ARN", ROLE);
            environment.put("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString());
            environment.put("AWS_ENDPOINT_URL_STS", sts.endpoint().toString());

            assertThat(load().exitCode()).isZero();
            assertThat(ids()).containsExactly("1");
            assertThat(URLDecoder.decode(sts.requests().get(0).body(), StandardCharsets.UTF_8))
                    .contains(
                            "Action=AssumeRoleWithWebIdentity", "RoleArn=" + ROLE, "WebIdentityToken=token-of-the-pod");
        }
    }

    @Test
    void theIdentityOfAPod() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "token-of-the-pod");
        try (TestingAws agent = new TestingAws(request -> Answer.json(
                200,
                "{\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"%s\",\"Token\":\"session\",\"Expiration\":\"2099-01-01T00:00:00Z\"}"
                        .formatted(
                                sandbox.sandbox().accessKey(), sandbox.sandbox().secretKey())))) {
            withoutKeys();
            environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", agent.endpoint() + "/v1/credentials");
            environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.toString());

            assertThat(load().exitCode()).isZero();
            assertThat(ids()).containsExactly("1");
            assertThat(agent.requests())
                    .allSatisfy(request -> assertThat(request.authorization()).isEqualTo("token-of-the-pod"));
        }
    }

    @Test
    void aSecretThatIsRotatedGoesUnnoticed() throws Exception {
        String[] current = {password};
        try (TestingAws secrets = secrets(id -> "{\"username\":\"x\",\"password\":\"" + current[0] + "\"}")) {
            withSecret("warehouse/caravan", secrets);
            // Whatever a load needs, it needs one after the other.
            environment.put("CARAVAN_WAREHOUSE_POOL_SIZE", "1");
            try (CaravanProcess run = CaravanProcess.start(directory, environment, "run")) {
                Waiting.until("the first object is loaded", () -> ids().equals(List.of("1")));
                current[0] = "rotated \\\"1\\\"";
                sandbox.sandbox().changePassword("rotated \"1\"");
                sandbox.sandbox().cutConnections();

                sandbox.put(name + "/2.csv", "id\n2\n");
                Waiting.until("the second object is loaded", () -> ids("rotated \"1\"")
                        .equals(List.of("1", "2")));
                run.terminate();
                run.exitCode();
                assertThat(run.stderr())
                        .doesNotContain("WAREHOUSE_LOGIN", " ERROR ", "rotated \"1", password)
                        .contains("caravan.warehouse.password-secret=warehouse/caravan");
                assertThat(secrets.requests().size()).as("requests").isBetween(2, 4);
            }
        }
    }

    @Test
    void aSecretHasAField() throws Exception {
        try (TestingAws secrets = secrets(id -> "{\"key\":\"" + password + "\"}")) {
            withSecret("arn:aws:secretsmanager:eu-west-1:123456789012:secret:warehouse-AbCdEf#key", secrets);

            assertThat(load().exitCode()).isZero();
            assertThat(ids()).containsExactly("1");
            assertThat(secrets.requests()).first().satisfies(request -> assertThat(request)
                    .extracting(Request::body, Request::target)
                    .containsExactly(
                            "{\"SecretId\":\"arn:aws:secretsmanager:eu-west-1:123456789012:secret:warehouse-AbCdEf\"}",
                            "secretsmanager.GetSecretValue"));
            assertThat(secrets.requests().get(0).authorization()).contains("/eu-west-1/secretsmanager/");
        }
    }

    @Test
    void aSecretMayBeThePassword() throws Exception {
        try (TestingAws secrets = secrets(id -> password)) {
            withSecret("warehouse", secrets);

            assertThat(load().exitCode()).isZero();
            assertThat(ids()).containsExactly("1");
        }
    }

    @Test
    void aSecretThatCannotBeUsedSaysWhyNot() {
        try (TestingAws secrets = secrets(id -> "{\"pass\":\"s3cr3t\"}");
                TestingAws none = new TestingAws(
                        request -> Answer.json(
                                400,
                                "{\"__type\":\"ResourceNotFoundException\",\"Message\":\"Secrets Manager can't find the specified secret.\"}"));
                TestingAws denied = new TestingAws(request -> Answer.json(
                        400, "{\"__type\":\"AccessDeniedException\",\"Message\":\"User is not authorized\"}"))) {
            withSecret("warehouse", secrets);
            assertThat(refused())
                    .contains("cannot use the secret warehouse: it is no JSON object with a text 'password'")
                    .doesNotContain("s3cr3t");
            withSecret("warehouse", none);
            assertThat(refused()).contains("cannot use the secret warehouse: it does not exist");
            withSecret("warehouse", denied);
            assertThat(refused())
                    .contains("cannot use the secret warehouse: grant secretsmanager:GetSecretValue on it");
        }
    }

    /** The driver asks for credentials of the warehouse as whom the SDK's default chain finds. */
    @Test
    void anIamUrlOfACluster() throws Exception {
        try (TestingAws redshift = new TestingAws(request -> Answer.xml(
                        """
                        <GetClusterCredentialsResponse xmlns="http://redshift.amazonaws.com/doc/2012-12-01/">
                          <GetClusterCredentialsResult>
                            <DbUser>%s</DbUser>
                            <DbPassword>%s</DbPassword>
                            <Expiration>2099-01-01T00:00:00Z</Expiration>
                          </GetClusterCredentialsResult>
                        </GetClusterCredentialsResponse>
                        """
                                .formatted(sandbox.sandbox().user(), password)));
                TlsFront front = new TlsFront(directory, port())) {
            withIam(
                    front,
                    redshift,
                    ";ClusterID=cluster-1;DbUser=" + sandbox.sandbox().user());

            assertThat(load().exitCode()).isZero();
            assertThat(ids()).containsExactly("1");
            assertThat(redshift.requests())
                    .extracting(Request::body)
                    .anyMatch(body -> body.contains("Action=GetClusterCredentials&")
                            && body.contains("ClusterIdentifier=cluster-1"));
        }
    }

    /** The driver calls it something unusual, to be reported. */
    @Test
    void anIamUrlWithoutCredentialsNamesThem() {
        withoutKeys();
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put(
                "CARAVAN_WAREHOUSE_URL",
                "jdbc:redshift:iam://group-1.123456789012.eu-west-1.redshift-serverless.amazonaws.com:5439/dev");

        assertThat(CaravanProcess.run(directory, environment, "check").stdout())
                .contains(
                        "Redshift failed while connecting: the driver found no AWS credentials for caravan.warehouse.url;"
                                + " give Caravan a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
                .doesNotContain("Something unusual");
    }

    @Test
    void anIamUrlOfAServerlessWorkgroup() throws Exception {
        try (TestingAws redshift = new TestingAws(request -> Answer.json(
                        200,
                        "{\"dbUser\":\"%s\",\"dbPassword\":\"%s\",\"expiration\":4070908800}"
                                .formatted(sandbox.sandbox().user(), password)));
                TlsFront front = new TlsFront(directory, port())) {
            withIam(front, redshift, ";isServerless=true;serverlessAcctId=123456789012;serverlessWorkGroup=group-1");

            assertThat(load().exitCode()).isZero();
            assertThat(ids()).containsExactly("1");
            assertThat(redshift.requests())
                    .first()
                    .satisfies(request -> assertThat(request.target()).isEqualTo("RedshiftServerless.GetCredentials"))
                    .satisfies(request -> assertThat(request.body()).contains("\"workgroupName\":\"group-1\""));
        }
    }

    private void withIam(TlsFront front, TestingAws redshift, String options) {
        environment.remove("CARAVAN_WAREHOUSE_USER");
        environment.remove("CARAVAN_WAREHOUSE_PASSWORD");
        environment.put(
                "CARAVAN_WAREHOUSE_URL",
                "jdbc:redshift:iam://127.0.0.1:" + front.port() + "/" + database() + options
                        + ";Region=eu-west-1;EndpointUrl=" + redshift.endpoint()
                        + ";SSLFactory=com.amazon.redshift.ssl.NonValidatingFactory");
    }

    private int port() {
        return url().getPort();
    }

    private String database() {
        return url().getPath().substring(1);
    }

    private URI url() {
        return URI.create(sandbox.url().replaceFirst("^jdbc:", "").replaceFirst(";.*", ""));
    }

    private String refused() {
        CaravanProcess.Result result = CaravanProcess.run(directory, environment, "check");
        assertThat(result.exitCode()).isEqualTo(2);
        return result.stdout() + result.stderr();
    }

    private static TestingAws secrets(Function<Request, String> secret) {
        return new TestingAws(request -> Answer.json(
                200,
                "{\"ARN\":\"arn\",\"Name\":\"n\",\"VersionId\":\"v\",\"VersionStages\":[\"AWSCURRENT\"],\"SecretString\":\""
                        + secret.apply(request).replace("\\", "\\\\").replace("\"", "\\\"") + "\"}"));
    }

    private void withSecret(String secret, TestingAws secrets) {
        environment.remove("CARAVAN_WAREHOUSE_PASSWORD");
        environment.put("CARAVAN_WAREHOUSE_PASSWORD_SECRET", secret);
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.endpoint().toString());
    }

    private void withoutKeys() {
        environment.remove("AWS_ACCESS_KEY_ID");
        environment.remove("AWS_SECRET_ACCESS_KEY");
    }

    private CaravanProcess.Result load() {
        return CaravanProcess.run(directory, environment, "load");
    }

    private List<String> ids() throws SQLException {
        return ids(password);
    }

    private List<String> ids(String currentPassword) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(sandbox.url(), sandbox.sandbox().user(), currentPassword)) {
            return TestSandbox.query(connection, "SELECT id FROM public." + name + " ORDER BY id").stream()
                    .map(row -> row.get(0))
                    .toList();
        }
    }
}
