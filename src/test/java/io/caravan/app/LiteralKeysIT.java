package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A step of the user's own that names what it stores in S3 by the key of a stranger's object. */
@ExtendWith(SandboxExtension.class)
class LiteralKeysIT {

    private static final List<String> NAMES = List.of("plain.csv", "${exchangeId}.csv", "$simple{exchangeId}");

    @TempDir
    private Path directory;

    private final TestSandbox sandbox;

    LiteralKeysIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void whatLooksLikeAnExpressionInAKeyIsNotEvaluated() throws Exception {
        sandbox.execute("CREATE TABLE public.copied (id INTEGER)");
        RouteDirectory routes = new RouteDirectory(directory);
        Path template = routes.path().resolve("s3-csv-to-redshift.camel.yaml");
        String shipped = Files.readString(template);
        String begun = "          - bean: { ref: feed, method: begin }\n";
        assertThat(shipped).contains(begun);
        Files.writeString(
                template,
                shipped.replace(begun, begun + "          - setHeader: { name: key, simple: '${body[0].key}' }\n")
                        + """
                                  - setHeader: { name: CamelAwsS3Key, simple: "copies/${header.key}" }
                                  - setBody: { constant: "a copy" }
                                  - to: { uri: "aws2-s3:{{bucket}}" }
                                  - setBody: { simple: "${header.CamelAwsS3Key}" }
                                  - setHeader: { name: CamelAwsS3Key, simple: "echoes/${header.key}" }
                                  - to: { uri: "aws2-s3:{{bucket}}" }
                        """);
        routes.ownFeed("copied", sandbox.bucket(), "id", "maxObjectsPerLoad", "1");
        NAMES.forEach(name -> sandbox.put("copied/" + name, "id\n1\n"));

        TestingCaravan caravan = new TestingCaravan(sandbox, routes);

        assertThat(caravan.load(StagedBy.COPY, "copied")).hasSize(NAMES.size());
        assertThat(keys("copies/copied/")).containsExactlyInAnyOrderElementsOf(NAMES);
        assertThat(keys("echoes/copied/")).containsExactlyInAnyOrderElementsOf(NAMES);
        assertThat(NAMES)
                .allSatisfy(name -> assertThat(content("echoes/copied/" + name)).isEqualTo("copies/copied/" + name));
    }

    private String content(String key) {
        return sandbox.s3()
                .getObjectAsBytes(b -> b.bucket(sandbox.bucket()).key(key))
                .asUtf8String();
    }

    private List<String> keys(String prefix) {
        return sandbox.s3().listObjectsV2(b -> b.bucket(sandbox.bucket()).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .map(key -> key.substring(prefix.length()))
                .toList();
    }
}
