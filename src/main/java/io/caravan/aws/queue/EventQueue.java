package io.caravan.aws.queue;

import io.caravan.model.feed.Feed;
import io.caravan.model.feed.NotificationQueue;
import io.caravan.model.key.KeyWish;
import io.caravan.spi.Notifications;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * An SQS queue with S3's events. What is taken from it is deleted at once: it is only a hint. Where SQS is, and as whom to
 * speak to it, are the AWS SDK's own settings, as for S3; {@code AWS_ENDPOINT_URL_SQS}.
 */
public final class EventQueue implements Notifications {

    private static final Logger log = LoggerFactory.getLogger(EventQueue.class);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** SQS answers after 20 s at the latest. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

    /** SQS's own limit. */
    private static final int MESSAGES_PER_REQUEST = 10;

    /** More messages than a hundred requests bring can wait until these are dealt with. */
    private static final int MOST_REQUESTS = 100;

    /** From one line about messages of no use to the next. */
    private static final long COMPLAINT_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final NotificationQueue queue;
    private final Feed feed;

    private boolean isOpen;
    private @Nullable SqsClient client;
    private @Nullable String url;

    private long noEvents;
    private long strangeEvents;
    private @Nullable Long complainedNanos;

    /** Connects to nothing yet. */
    public EventQueue(NotificationQueue queue, Feed feed) {
        this.queue = queue;
        this.feed = feed;
    }

    @Override
    public synchronized void open() {
        isOpen = true;
    }

    /** Also aborts the request under way. */
    @Override
    public synchronized void close() {
        isOpen = false;
        if (client != null) {
            client.close();
            client = null;
        }
    }

    /** Returns a client; null if this is closed, so that no request begins after that. */
    private synchronized @Nullable SqsClient client() {
        if (isOpen && client == null) {
            SqsClientBuilder builder = SqsClient.builder();
            if (queue.region() != null) {
                builder.region(Region.of(queue.region()));
            }
            client = builder.overrideConfiguration(configuration -> configuration.retryStrategy(RetryMode.STANDARD))
                    .httpClientBuilder(Apache5HttpClient.builder()
                            .connectionTimeout(CONNECT_TIMEOUT)
                            .socketTimeout(IDLE_TIMEOUT)
                            .tcpKeepAlive(true))
                    .build();
        }
        return client;
    }

    private synchronized boolean isOpen() {
        return isOpen;
    }

    @Override
    public Set<String> take(Duration wait) {
        Set<String> keys = new HashSet<>();
        SqsClient sqs = client();
        if (sqs == null) {
            return keys;
        }
        try {
            List<Message> messages = receive(sqs, (int) wait.toSeconds());
            for (int i = 1; !messages.isEmpty() && i < MOST_REQUESTS; i++) {
                messages.forEach(message -> read(message, keys));
                delete(sqs, messages);
                messages = receive(sqs, 0);
            }
            complain();
        } catch (SdkException | IllegalStateException e) {
            // A client that was closed fails in whatever way it can.
            if (isOpen()) {
                throw new QueueFailure(e, queue).exception("sqs:ReceiveMessage and sqs:DeleteMessage");
            }
        }
        return keys;
    }

    @Override
    public long probe() {
        SqsClient sqs = client();
        if (sqs == null) {
            throw new IllegalStateException("not open");
        }
        try {
            String waiting = sqs.getQueueAttributes(request -> request.queueUrl(url(sqs))
                            .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                    .attributes()
                    .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
            return waiting == null ? 0 : Long.parseLong(waiting);
        } catch (SdkException e) {
            throw new QueueFailure(e, queue).exception("sqs:GetQueueAttributes");
        }
    }

    private List<Message> receive(SqsClient sqs, int seconds) {
        return sqs.receiveMessage(request -> request.queueUrl(url(sqs))
                        .maxNumberOfMessages(MESSAGES_PER_REQUEST)
                        .waitTimeSeconds(seconds))
                .messages();
    }

    /** One that stays comes again, which does no harm. */
    private void delete(SqsClient sqs, List<Message> messages) {
        sqs.deleteMessageBatch(request -> request.queueUrl(url(sqs))
                .entries(IntStream.range(0, messages.size())
                        .mapToObj(i -> DeleteMessageBatchRequestEntry.builder()
                                .id(Integer.toString(i))
                                .receiptHandle(messages.get(i).receiptHandle())
                                .build())
                        .toList()));
    }

    private String url(SqsClient sqs) {
        if (url == null) {
            url = queue.url().orElseGet(() -> sqs.getQueueUrl(
                            request -> request.queueName(queue.name()).queueOwnerAWSAccountId(queue.account()))
                    .queueUrl());
        }
        return url;
    }

    private void read(Message message, Set<String> keys) {
        S3Events events = S3Events.parse(message.body());
        if (!events.isKnown()) {
            noEvents++;
        }
        for (S3Events.Created object : events.created()) {
            if (!feed.covers(object.bucket(), object.key())) {
                strangeEvents++;
            } else if (feed.wish(object.key()) == KeyWish.WANTED
                    || feed.objects().isMarker(object.key())) {
                keys.add(object.key());
            }
        }
    }

    private void complain() {
        long now = System.nanoTime();
        if (noEvents + strangeEvents > 0
                && (complainedNanos == null || now - complainedNanos >= COMPLAINT_PAUSE_NANOS)) {
            log.warn(
                    "Queue {}: dropped {} messages that are no events of S3, and {} events of objects that are not"
                            + " under {}; give the queue the events of this feed alone",
                    queue,
                    noEvents,
                    strangeEvents,
                    feed.place().uris());
            complainedNanos = now;
            noEvents = 0;
            strangeEvents = 0;
        }
    }
}
