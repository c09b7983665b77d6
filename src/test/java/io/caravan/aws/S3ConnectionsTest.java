package io.caravan.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RetryableException;
import io.caravan.model.feed.StoreAccess;
import io.caravan.testing.TestingAws;
import io.caravan.testing.TestingAws.Answer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class S3ConnectionsTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/reader";

    private static final String CREDENTIALS =
            """
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <AssumeRoleResult>
                <Credentials>
                  <AccessKeyId>KEYOFTHEROLE</AccessKeyId>
                  <SecretAccessKey>secret</SecretAccessKey>
                  <SessionToken>session</SessionToken>
                  <Expiration>%s</Expiration>
                </Credentials>
              </AssumeRoleResult>
            </AssumeRoleResponse>
            """;

    private static final String DENIED =
            """
            <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not authorized to perform: sts:AssumeRole</Message></Error>
            </ErrorResponse>
            """;

    private final AtomicReference<Answer> ofSts = new AtomicReference<>();
    private final TestingAws sts = new TestingAws(request -> ofSts.get());
    private final TestingAws s3 = new TestingAws(request ->
            Answer.xml("<ListBucketResult><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>"));
    private final Map<String, @Nullable String> before = new HashMap<>();

    @BeforeEach
    void prepare() {
        Map.of(
                        "aws.region",
                        "us-east-1",
                        "aws.accessKeyId",
                        "OWNKEY",
                        "aws.secretAccessKey",
                        "secret",
                        "aws.endpointUrlSts",
                        sts.endpoint().toString())
                .forEach((name, value) -> before.put(name, System.setProperty(name, value)));
        lasting(Duration.ofHours(1));
    }

    private void lasting(Duration time) {
        ofSts.set(Answer.xml(CREDENTIALS.formatted(Instant.now().plus(time))));
    }

    @AfterEach
    void restore() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
        sts.close();
        s3.close();
    }

    @Test
    void feedsWithTheSameAccessShareAConnection() {
        try (S3Connections connections = new S3Connections(S3Settings.standard(true))) {
            assertThat(connections.of(access("eu-west-1", null, false)))
                    .isSameAs(connections.of(access("eu-west-1", null, false)))
                    .isNotSameAs(connections.of(access("eu-west-2", null, false)))
                    .isNotSameAs(connections.own());
            assertThat(connections.of(StoreAccess.OWN)).isSameAs(connections.own());
        }
    }

    @Test
    void whatNoFeedNeedsIsClosed() {
        try (S3Connections connections = new S3Connections(S3Settings.standard(true))) {
            S3Connection gone = connections.of(access("eu-west-1", ROLE, false));
            S3Connection kept = connections.of(access("eu-west-2", ROLE, false));
            gone.objects().probe("b", "");

            connections.keepOnly(Set.of(access("eu-west-2", ROLE, false)));

            assertThatIllegalStateException().isThrownBy(() -> gone.objects().probe("b", ""));
            kept.objects().probe("b", "");
            assertThat(connections.of(access("eu-west-2", ROLE, false))).isSameAs(kept);
            connections.of(access("eu-west-1", ROLE, false)).objects().probe("b", "");
        }
    }

    @Test
    void aBucketIsAskedInItsRegionAsItsRoleAndForTheOneWhoPays() {
        try (S3Connections connections = new S3Connections(S3Settings.standard(true))) {
            connections.of(access("ap-south-1", ROLE, true)).objects().probe("b", "in/");
            connections.of(access("ap-south-1", ROLE, true)).objects().folders("b", "in/");
            connections.of(access(null, null, false)).objects().probe("b", "in/");
        }

        assertThat(s3.requests())
                .extracting(request ->
                        request.authorization().replaceFirst(".*Credential=(\\w+)/\\d+/([\\w-]+)/.*", "$1 $2") + " "
                                + request.payer())
                .containsExactly(
                        "KEYOFTHEROLE ap-south-1 requester", "KEYOFTHEROLE ap-south-1 requester", "OWNKEY us-east-1 ");
        assertThat(sts.requests()).hasSize(1);
        assertThat(List.of(URLDecoder.decode(sts.requests().get(0).body(), StandardCharsets.UTF_8)
                        .split("&", -1)))
                .contains("Action=AssumeRole", "RoleArn=" + ROLE, "ExternalId=x/7", "RoleSessionName=caravan");
    }

    @Test
    void aRolesCredentialsAreRenewed() {
        lasting(Duration.ofSeconds(30));
        try (S3Connections connections = new S3Connections(S3Settings.standard(true))) {
            StoreAccess access = access("ap-south-1", ROLE, false);
            connections.of(access).objects().probe("b", "");
            lasting(Duration.ofHours(1));
            connections.of(access).objects().probe("b", "");
            connections.of(access).objects().probe("b", "");
        }

        assertThat(sts.requests()).hasSize(2);
    }

    @Test
    void aRoleThatCannotBeTakenOnIsNamed() {
        try (S3Connections connections = new S3Connections(S3Settings.standard(true))) {
            S3Connection connection = connections.of(access(null, ROLE, false));
            ofSts.set(new Answer(403, "text/xml", DENIED));
            assertThatThrownBy(() -> connection.objects().probe("b", "in/"))
                    .isInstanceOfSatisfying(InvalidConfigurationException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_STORE_DENIED);
                        assertThat(e.getMessage())
                                .startsWith(
                                        "cannot list s3://b/in/: its role cannot be taken on: grant sts:AssumeRole on it"
                                                + " to the role of Caravan, and have its trust policy name that role, and the"
                                                + " external id, if it asks for one (HTTP 403 AccessDenied: ");
                    });
            ofSts.set(new Answer(400, "text/xml", DENIED.replace("AccessDenied", "RegionDisabledException")));
            assertThatThrownBy(() -> connection.objects().probe("b", "in/"))
                    .isInstanceOf(RetryableException.class)
                    .hasMessageStartingWith("cannot list s3://b/in/: its role cannot be taken on (HTTP 400 ");
        }
        assertThat(s3.requests()).isEmpty();
    }

    private StoreAccess access(@Nullable String region, @Nullable String role, boolean requesterPays) {
        return new StoreAccess(region, s3.endpoint(), role, role == null ? null : "x/7", requesterPays);
    }
}
