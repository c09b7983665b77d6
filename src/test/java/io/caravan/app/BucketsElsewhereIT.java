package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.TestingAws;
import io.caravan.testing.TestingAws.Answer;
import io.caravan.testing.TestingAws.Request;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Feeds and a staging bucket that are not where the process's own S3 is, and are reached by roles. */
@ExtendWith(SandboxExtension.class)
class BucketsElsewhereIT {

    private static final String READER = "arn:aws:iam::123456789012:role/reader";
    private static final String WRITER = "arn:aws:iam::123456789012:role/writer";

    @TempDir
    private Path directory;

    private final TestSandbox sandbox;
    private final TestingAws sts;
    private final Map<String, String> variables = new HashMap<>();
    private RouteDirectory routes;
    private TestingCaravan caravan;

    BucketsElsewhereIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
        this.sts = new TestingAws(request -> Answer.xml(
                """
                <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
                  <AccessKeyId>%s</AccessKeyId>
                  <SecretAccessKey>%s</SecretAccessKey>
                  <SessionToken>session</SessionToken>
                  <Expiration>2099-01-01T00:00:00Z</Expiration>
                </Credentials></AssumeRoleResult></AssumeRoleResponse>
                """
                        .formatted(
                                sandbox.sandbox().accessKey(), sandbox.sandbox().secretKey())));
    }

    @BeforeEach
    void prepare() {
        String elsewhere = sandbox.sandbox().s3Endpoint().toString();
        routes = new RouteDirectory(directory.resolve("routes"));
        caravan = new TestingCaravan(sandbox, routes);
        System.setProperty("aws.endpointUrlSts", sts.endpoint().toString());
        caravan.useS3At(URI.create("http://127.0.0.1:1"));
        variables.put("CARAVAN_S3_ENDPOINTS", "https://minio.example.org, " + elsewhere + "/");
        variables.put("CARAVAN_STAGING_ENDPOINT", elsewhere);
        variables.put("CARAVAN_STAGING_ROLE", WRITER);
        variables.put("CARAVAN_STAGING_EXTERNAL_ID", "writer-7");
        variables.put("CARAVAN_STAGING_REGION", sandbox.sandbox().region());
        feed("elsewhere", "externalId", "reader-7");
        feed("elsewhere_direct", "externalId", "reader-7", "staging", "direct");
    }

    private void feed(String name, String... more) {
        String endpoint = sandbox.sandbox().s3Endpoint().toString();
        Stream<String> access = Stream.of("endpoint", endpoint, "role", READER, "requestPayer", "requester");
        routes.ownFeed(
                name,
                sandbox.bucket(),
                "id",
                Stream.concat(access, Stream.of(more)).toArray(String[]::new));
    }

    @AfterEach
    void restore() {
        caravan.useSandbox();
        System.clearProperty("aws.endpointUrlSts");
        sts.close();
    }

    @Test
    void eachIsReachedAsItIsSaid() throws SQLException {
        for (String name : List.of("elsewhere", "elsewhere_direct")) {
            sandbox.execute("CREATE TABLE public." + name + " (id INTEGER NOT NULL, name VARCHAR(9))");
            sandbox.put(name + "/1.csv", "id,name\n1,Ada\n");
        }
        CaravanProcess.Result check = caravan.run(StagedBy.COPY, variables, "check");
        assertThat(check.exitCode()).as(check.toString()).isEqualTo(ExitCode.DONE);
        assertThat(check.stdout())
                .contains("can be listed, at " + sandbox.sandbox().s3Endpoint() + ", as role " + READER
                        + " with an external id, the requester pays")
                .contains("caravan.staging.role = " + WRITER);

        CaravanProcess.Result load = caravan.run(StagedBy.COPY, variables, "load");
        assertThat(load.exitCode()).as(load.toString()).isEqualTo(ExitCode.DONE);
        assertThat(sandbox.lines("SELECT * FROM public.elsewhere UNION ALL SELECT * FROM public.elsewhere_direct"))
                .containsExactly("1 Ada", "1 Ada");
        // In each of the two processes that these commands stand for, once for each role.
        assertThat(sts.requests())
                .extracting(Request::body)
                .extracting(body -> URLDecoder.decode(body, StandardCharsets.UTF_8)
                        .replaceFirst(".*RoleArn=([^&]*).*ExternalId=([^&]*).*", "$1 $2"))
                .containsExactlyInAnyOrder(
                        READER + " reader-7", WRITER + " writer-7", READER + " reader-7", WRITER + " writer-7");
        assertThat(caravan.run(StagedBy.COPY, variables, "load").stdout()).contains("loaded before");
    }

    @Test
    void aFeedIsDraftedForIt() {
        sandbox.put("drafted_elsewhere/1.csv", "id,name\n1,Ada\n2,Bo\n");
        String source = "s3://" + sandbox.bucket() + "/drafted_elsewhere/";
        String endpoint = "endpoint=" + sandbox.sandbox().s3Endpoint();

        CaravanProcess.Result drafted = caravan.run(
                StagedBy.COPY,
                variables,
                "feed",
                "new",
                source,
                "--dry-run",
                "--set",
                endpoint,
                "--set",
                "role=" + READER);
        assertThat(drafted.exitCode()).as(drafted.toString()).isEqualTo(ExitCode.DONE);
        assertThat(drafted.stdout()).contains("2 records: all good", READER);
        assertThat(sts.requests()).hasSize(1);

        CaravanProcess.Result refused =
                caravan.run(StagedBy.COPY, variables, "feed", "new", source, "--dry-run", "--set", "role=reader");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(refused.stderr()).contains("'role' is the ARN of a role");
    }

    @Test
    void whatDoesNotGoTogetherIsSaidBeforeAnythingIsAsked() {
        routes.ownFeed("elsewhere", sandbox.bucket(), "id", "endpoint", "http://169.254.169.254", "externalId", "x7");
        routes.ownFeed("elsewhere_direct", sandbox.bucket(), "id", "endpoint", "http://169.254.169.254");
        variables.put("CARAVAN_STAGING_ROLE", "");

        CaravanProcess.Result check = caravan.run(StagedBy.COPY, variables, "check", "--offline");
        assertThat(check.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(check.stdout() + check.stderr())
                .contains("CARAVAN_STAGING_EXTERNAL_ID is 'writer-7': set caravan.staging.role too");

        variables.put("CARAVAN_STAGING_EXTERNAL_ID", "");
        variables.put("CARAVAN_STAGING_REGION", "Ireland");
        variables.put("CARAVAN_S3_ENDPOINTS", "minio.example.org");
        check = caravan.run(StagedBy.COPY, variables, "check", "--offline");
        assertThat(check.stdout() + check.stderr())
                .contains("CARAVAN_STAGING_REGION is 'Ireland': write the name of a region")
                .contains("CARAVAN_S3_ENDPOINTS is 'minio.example.org': write the address of an S3, as https://HOST");

        variables.put("CARAVAN_STAGING_REGION", "");
        variables.put("CARAVAN_S3_ENDPOINTS", "http://minio.example.org");
        check = caravan.run(StagedBy.COPY, variables, "check", "--offline");
        assertThat(check.stdout())
                .contains("'externalId' is 'x7', which goes with a 'role', and there is none")
                .contains(
                        "feed elsewhere_direct: 'endpoint' is http://169.254.169.254, which is no endpoint of Amazon S3")
                .contains("S3 is spoken to over plain HTTP, at minio.example.org")
                .contains("use an endpoint with https:// in caravan.s3.endpoints");
    }
}
