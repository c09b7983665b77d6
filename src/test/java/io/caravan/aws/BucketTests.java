package io.caravan.aws;

import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.S3Client;

/** Gives each test a bucket of its own in the sandbox, and all of a class a client. */
@ExtendWith(SandboxExtension.class)
public abstract class BucketTests {

    protected static S3Client client;

    protected final String bucket = "bucket-" + UUID.randomUUID();

    @BeforeAll
    static void connect(TestSandbox sandbox) {
        client = TestClients.of(sandbox.sandbox());
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @BeforeEach
    void createBucket() {
        client.createBucket(create -> create.bucket(bucket));
    }
}
