package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.ExitCode;
import io.caravan.app.report.LoadReport;
import io.caravan.base.ErrorCode;
import io.caravan.sandbox.fault.Fault;
import io.caravan.sandbox.fault.Fault.Kind;
import io.caravan.testing.CaravanProcess.Result;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.TestingGateway;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A role, a bucket or a region that is wrong is seen before a load, and never an object's fault. */
@ExtendWith(SandboxExtension.class)
class StagingIT {

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    StagingIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void checkTriesWritingCopyAndDeletingAndSaysWhichFails() throws Exception {
        TestingCaravan caravan = new TestingCaravan(sandbox, new RouteDirectory(directory.resolve("none")));
        String bucket = sandbox.sandbox().stagingBucket();
        List<String> before = caravan.dataFiles();

        assertThat(staging(caravan, 0))
                .containsExactly("staging ok a file was written, copied by the role, and deleted");
        assertThat(caravan.run(StagedBy.INSERT, "check").stdout()).doesNotContain("staging ");
        assertThat(caravan.run(StagedBy.COPY, "check", "--offline").stdout()).doesNotContain("staging ok");

        sandbox.failNext(Fault.of(Kind.COPY_DENIED));
        assertThat(staging(caravan, 2))
                .singleElement()
                .asString()
                .matches("staging invalid Redshift failed while copying s3://" + bucket + "/staging/.*"
                        + "S3ServiceException:Access Denied,Status 403,Error AccessDenied.*; grant s3:GetObject and"
                        + " s3:ListBucket on the staging bucket, and kms:Decrypt on the key that it is encrypted with,"
                        + " to the role of caravan.staging.iam-role");
        sandbox.execute("REVOKE ASSUMEROLE ON ALL FROM PUBLIC FOR ALL", "CREATE USER staging_user PASSWORD 'Abcdef12'");
        try {
            assertThat(staging(caravan.as("staging_user", "Abcdef12"), 2))
                    .singleElement()
                    .asString()
                    .contains("Not authorized to get credentials of role", "GRANT ASSUMEROLE … FOR COPY");
        } finally {
            sandbox.execute("GRANT ASSUMEROLE ON ALL TO PUBLIC FOR ALL", "DROP USER staging_user");
        }
        assertThat(caravan.dataFiles()).containsExactlyElementsOf(before);

        try (TestingGateway gateway = new TestingGateway(sandbox.sandbox().s3Endpoint())) {
            caravan.useS3At(gateway.endpoint());
            gateway.refuseWriting("PUT", bucket, "403 Forbidden", "AccessDenied");
            assertThat(staging(caravan, 2))
                    .singleElement()
                    .asString()
                    .startsWith("staging invalid cannot write s3://" + bucket + "/staging/")
                    .contains("grant s3:PutObject on the bucket " + bucket);
            gateway.pass();
            gateway.refuseWriting("DELETE", bucket, "403 Forbidden", "AccessDenied");
            assertThat(staging(caravan, 2))
                    .singleElement()
                    .asString()
                    .startsWith("staging invalid cannot delete s3://" + bucket + "/staging/")
                    .contains("grant s3:DeleteObject on the bucket " + bucket);
        } finally {
            caravan.useSandbox();
        }
        caravan.dataFiles().stream().filter(key -> !before.contains(key)).forEach(key -> sandbox.s3()
                .deleteObject(delete -> delete.bucket(bucket).key(key)));
    }

    @Test
    void aRoleThatMayNotReadStopsTheFeedAndBlamesNoObject() throws SQLException {
        sandbox.execute("CREATE TABLE public.unread (id INTEGER NOT NULL)");
        RouteDirectory routes = new RouteDirectory(directory.resolve("unread"));
        routes.ownFeed("unread", sandbox.bucket(), "id");
        sandbox.put("unread/a.csv", "id\n1\n");
        sandbox.put("unread/b.csv", "id\n2\n");
        TestingCaravan caravan = new TestingCaravan(sandbox, routes);

        sandbox.failNext(Fault.of(Kind.COPY_DENIED));
        LoadReport report = caravan.report(StagedBy.COPY, "unread");

        assertThat(report.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.object()).isNull();
            assertThat(failure.reason().code()).isEqualTo(ErrorCode.STAGING_UNREADABLE);
        });
        assertThat(caravan.lines("SELECT COUNT(*) FROM caravan.objects_public_unread"))
                .containsExactly("0");
        assertThat(caravan.load(StagedBy.COPY, "unread")).hasSize(2);
    }

    private static List<String> staging(TestingCaravan caravan, int exitCode) {
        Result result = caravan.run(StagedBy.COPY, "check");
        assertThat(result.exitCode()).as(result.stdout()).isEqualTo(exitCode);
        return result.stdout()
                .lines()
                .map(line -> line.replaceAll(" +", " "))
                .filter(line -> line.startsWith("staging "))
                .toList();
    }
}
