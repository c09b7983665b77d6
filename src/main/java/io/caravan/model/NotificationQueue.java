package io.caravan.model;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SQS queue in which a feed is told of new objects.
 *
 * @param text as it was written: a URL, an ARN or a name
 * @param region the AWS region; null if it was not written
 * @param account the AWS account's number; null likewise
 * @param name the queue's name
 */
public record NotificationQueue(String text, @Nullable String region, @Nullable String account, String name) {

    /** <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html">What a queue's URL looks like</a>. */
    private static final Pattern URL =
            Pattern.compile("https?://(?:sqs\\.([a-z0-9-]+)\\.amazonaws\\.[a-z.]+|[^/]+)/(?:.*/)?([^/]+)/([^/]+)");

    private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:sqs:([a-z0-9-]+):([0-9]+):([^:/]+)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}(\\.fifo)?");

    public NotificationQueue {
        requireNonNull(text, "text");
        requireNonNull(name, "name");
    }

    /**
     * Reads what names a queue.
     *
     * @throws IllegalArgumentException if it is neither a URL nor an ARN nor a name
     */
    public static NotificationQueue parse(String text) {
        for (Pattern pattern : new Pattern[] {URL, ARN}) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.matches()) {
                return new NotificationQueue(text, matcher.group(1), matcher.group(2), matcher.group(3));
            }
        }
        if (NAME.matcher(text).matches()) {
            return new NotificationQueue(text, null, null, text);
        }
        throw new IllegalArgumentException("not a queue: " + text);
    }

    /** Returns the URL, if it was written. */
    public Optional<String> url() {
        return text.startsWith("http") ? Optional.of(text) : Optional.empty();
    }

    /** Returns whether another text may name the same queue, as far as both tell. */
    public boolean mayBe(NotificationQueue other) {
        return name.equals(other.name) && agree(region, other.region) && agree(account, other.account);
    }

    private static boolean agree(@Nullable String one, @Nullable String other) {
        return one == null || other == null || Objects.equals(one, other);
    }

    @Override
    public String toString() {
        return text;
    }
}
