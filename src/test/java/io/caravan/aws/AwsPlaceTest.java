package io.caravan.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsPlaceTest {

    private static final AwsPlace PLACE =
            new AwsPlace("eu-west-1", URI.create("http://127.0.0.1:9000"), null, Map.of());
    private static final List<URI> ALLOWED = List.of(URI.create("https://minio.example.org:9000"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://s3.amazonaws.com",
                "https://s3.eu-central-1.amazonaws.com",
                "https://S3.EU-central-1.amazonaws.com",
                "https://s3-us-west-2.amazonaws.com",
                "https://s3-fips.us-east-1.amazonaws.com",
                "https://s3-fips.dualstack.us-gov-west-1.amazonaws.com",
                "https://s3.dualstack.ap-southeast-1.amazonaws.com",
                "https://s3.cn-north-1.amazonaws.com.cn",
                "https://s3.eu-central-1.api.aws",
                "https://bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com",
                "https://minio.example.org:9000",
                "http://127.0.0.1:9000"
            })
    void feedsMayNameEndpointsOfAmazonAndThoseOfTheSettings(String endpoint) {
        assertThat(PLACE.objection(URI.create(endpoint), ALLOWED)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://s3.eu-central-1.amazonaws.com",
                "https://s3.eu-central-1.amazonaws.com:8443",
                "https://s3.eu-central-1.amazonaws.com.example.org",
                "https://example.org",
                "https://s3-mine-123.eu-west-1.elb.amazonaws.com",
                "https://ec2-1-2-3-4.eu-west-1.compute.amazonaws.com",
                "https://mine.s3.eu-west-1.amazonaws.com",
                "http://169.254.169.254",
                "http://minio.example.org:9000",
                "https://minio.example.org:9001",
                "http://127.0.0.1:8080"
            })
    void noOthers(String endpoint) {
        assertThat(PLACE.objection(URI.create(endpoint), ALLOWED).orElseThrow())
                .contains("https://s3.REGION.amazonaws.com", "caravan.s3.endpoints");
    }

    @Test
    void whatIsSpokenToOverPlainHttpIsSaidOnceOfEachEndpoint() {
        URI all = URI.create("http://aws.example.org:4566");
        AwsPlace place = new AwsPlace(
                null,
                all,
                all,
                Map.of(
                        "STS", URI.create("https://sts.example.org"),
                        "Secrets Manager", URI.create("http://secrets.example.org"),
                        "Glue", all));

        assertThat(place.plain())
                .containsExactly(
                        "S3, SQS, Glue are spoken to over plain HTTP, at aws.example.org: whoever is on the way reads it"
                                + " all, and can change it; use an endpoint with https:// in AWS_ENDPOINT_URL_S3,"
                                + " AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL_GLUE",
                        "Secrets Manager is spoken to over plain HTTP, at secrets.example.org: whoever is on the way"
                                + " reads it all, and can change it; use an endpoint with https:// in"
                                + " AWS_ENDPOINT_URL_SECRETS_MANAGER");
        assertThat(PLACE.plain()).isEmpty();
    }
}
