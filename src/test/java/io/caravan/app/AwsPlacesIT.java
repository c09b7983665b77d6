package io.caravan.app;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.report.ExitCode;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the process speaks to, and how, is the settings' to say, and not a feed's. */
class AwsPlacesIT {

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private RouteDirectory routes;

    @BeforeEach
    void start() {
        routes = new RouteDirectory(directory.resolve("routes"));
        environment.put("CARAVAN_ROUTES_DIRECTORY", routes.path().toString());
        environment.put("CARAVAN_WAREHOUSE_URL", "jdbc:redshift://127.0.0.1:1/dev;ssl=false");
        environment.put("AWS_REGION", "eu-west-1");
        environment.put("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1");
    }

    @Test
    void aQueueIsOneOfAwsInTheRegionOfTheSettings() {
        List<String> good = List.of(
                "https://sqs.eu-west-1.amazonaws.com/123456789012/a",
                "https://sqs-fips.eu-west-1.amazonaws.com/123456789012/b",
                "https://sqs.eu-west-1.api.aws/123456789012/c.fifo",
                "https://eu-west-1.queue.amazonaws.com/123456789012/d",
                "https://vpce-1-2.sqs.eu-west-1.vpce.amazonaws.com/123456789012/e",
                "arn:aws:sqs:eu-west-1:123456789012:f",
                "caravan-employee");
        List<String> bad = List.of(
                "http://169.254.169.254/latest/meta-data",
                "http://169.254.169.254/latest/meta-data/iam/security-credentials",
                "http://sqs.eu-west-1.amazonaws.com/123456789012/a",
                "https://sqs.eu-west-1.amazonaws.com.example.org/123456789012/a",
                "https://sqs.eu-west-1.amazonaws.com@example.org/123456789012/a",
                "https://example.org/sqs.eu-west-1.amazonaws.com/123456789012/a",
                "https://sqs.eu-west-1.amazonaws.com:8443/123456789012/a",
                "https://sqs.eu-west-1.amazonaws.com/123456789012/../a",
                "https://queue.amazonaws.com/123456789012/g",
                "http://localhost:8080/health/ready",
                "https://sqs.us-east-1.amazonaws.com/123456789012/a",
                "https://sqs.us-east-1.amazonaws.com/123456789012/eu-west-1",
                "arn:aws:sqs:us-east-1:123456789012:a",
                "arn:aws:sns:eu-west-1:123456789012:a",
                "file:///etc/passwd",
                "a/b");
        feeds("good", good);
        feeds("bad", bad);

        CaravanProcess.Result check = check();

        assertThat(check.exitCode()).as(check.toString()).isEqualTo(ExitCode.INVALID);
        List<String> refused = check.stdout()
                .lines()
                .filter(line -> line.contains(" invalid "))
                .map(line -> line.replaceAll(".*[fF]eed (\\w+): 'queue' is .*", "$1"))
                .toList();
        assertThat(refused)
                .as(check.toString())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, bad.size()).mapToObj(i -> "bad" + i).toList());

        environment.put("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:9324");
        routes.file("bad.camel.yaml", "# none");
        feeds("local", List.of("http://localhost:9324/000000000000/a", "http://127.0.0.1:9324/queue/b"));
        assertThat(check().exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void whatIsNotEncryptedOverANetworkIsSaidOnce() {
        feeds("good", List.of("a"));
        assertThat(check().stdout()).doesNotContain(" warning ");

        environment.put("AWS_ENDPOINT_URL_S3", "http://minio.example.org:9000");
        environment.put("AWS_ENDPOINT_URL_GLUE", "http://glue.example.org:4566");
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://secrets.example.org:4566");
        environment.put("CARAVAN_WAREHOUSE_URL", "jdbc:redshift://h.example.org:5439/dev;SSL=false;x=y");
        CaravanProcess.Result check = check();
        assertThat(check.exitCode()).as(check.toString()).isEqualTo(ExitCode.DONE);
        assertThat(check.stdout()
                        .lines()
                        .filter(line -> line.contains(" warning "))
                        .collect(joining("\n")))
                .contains("S3 is spoken to over plain HTTP, at minio.example.org")
                .contains("Glue is spoken to over plain HTTP, at glue.example.org")
                .contains("Secrets Manager is spoken to over plain HTTP, at secrets.example.org")
                .contains("the warehouse is spoken to with ssl=false");

        environment.put("CARAVAN_WAREHOUSE_URL", "jdbc:redshift://127.0.0.1:1/dev;ssl=false");
        CaravanProcess.Result load = CaravanProcess.run(directory, environment, "load");
        assertThat(load.stderr().split("plain HTTP", -1)).as(load.stderr()).hasSize(4);
        assertThat(load.stderr()).contains(" WARN ").doesNotContain("ssl=false");
    }

    private void feeds(String name, List<String> queues) {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < queues.size(); i++) {
            yaml.append("- templatedRoute:\n    routeId: ").append(name).append(i);
            yaml.append("\n    routeTemplateRef: s3-csv-to-redshift\n    parameters:\n");
            yaml.append("      - { name: bucket, value: b }\n      - { name: table, value: public.")
                    .append(name)
                    .append(i);
            yaml.append(" }\n      - { name: keys, value: id }\n      - { name: queue, value: '")
                    .append(queues.get(i));
            yaml.append("' }\n");
        }
        routes.file(name + ".camel.yaml", yaml.toString());
    }

    private CaravanProcess.Result check() {
        return CaravanProcess.run(directory, environment, "check", "--offline");
    }
}
