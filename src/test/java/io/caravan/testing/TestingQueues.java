package io.caravan.testing;

import java.net.URI;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Queues on a free port of the loopback, by ElasticMQ, which speaks SQS's protocol. */
public final class TestingQueues implements AutoCloseable {

    private final SQSRestServer server =
            SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
    private final URI endpoint = URI.create(
            "http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
    private final SqsClient client = SqsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .build();

    /** Returns where they are, as a process finds them. */
    public Map<String, String> environment() {
        return Map.of("AWS_ENDPOINT_URL_SQS", endpoint.toString());
    }

    public URI endpoint() {
        return endpoint;
    }

    /** Creates a queue and returns its URL. */
    public String create(String name) {
        return client.createQueue(request -> request.queueName(name)).queueUrl();
    }

    public void delete(String url) {
        client.deleteQueue(request -> request.queueUrl(url));
    }

    public void send(String url, String message) {
        client.sendMessage(request -> request.queueUrl(url).messageBody(message));
    }

    /** Returns how many messages are in a queue, taken or not. */
    public int size(String url) {
        return client
                .getQueueAttributes(request -> request.queueUrl(url)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes()
                .values()
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    @Override
    public void close() {
        client.close();
        server.stopAndWait();
    }
}
