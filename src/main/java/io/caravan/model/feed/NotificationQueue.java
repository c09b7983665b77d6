package io.caravan.model.feed;

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

    /**
     * <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html">What a
     * queue's URL looks like</a>, and <a href="https://docs.aws.amazon.com/general/latest/gr/sqs-service.html">which hosts</a> SQS
     * has: the first of them, those of FIPS, of both IP versions, of VPC endpoints, and the old ones.
     */
    private static final Pattern AWS_URL = Pattern.compile("https://(?:"
            + "(?:[a-z0-9.-]+\\.)?sqs(?:-fips)?\\.([a-z0-9-]+)\\.(?:vpce\\.)?(?:amazonaws\\.com(?:\\.cn)?|api\\.aws)"
            + "|(?:([a-z0-9-]+)\\.)?queue\\.amazonaws\\.com(?:\\.cn)?"
            + ")(?::443)?/([0-9]+)/([A-Za-z0-9_-]{1,80}(?:\\.fifo)?)");

    /** Of SQS elsewhere, which only the settings can name. */
    private static final Pattern OTHER_URL = Pattern.compile("https?://[^/]+/(?:.*/)?([^/]+)/([^/]+)");

    private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:sqs:([a-z0-9-]+):([0-9]+):([^:/]+)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}(\\.fifo)?");

    /** Whose hosts have no region in their name. */
    private static final String OLDEST_REGION = "us-east-1";

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
        Matcher aws = AWS_URL.matcher(text);
        if (aws.matches()) {
            String region = aws.group(1) != null ? aws.group(1) : aws.group(2);
            return new NotificationQueue(text, region == null ? OLDEST_REGION : region, aws.group(3), aws.group(4));
        }
        Matcher other = OTHER_URL.matcher(text);
        if (other.matches()) {
            return new NotificationQueue(text, null, other.group(1), other.group(2));
        }
        Matcher arn = ARN.matcher(text);
        if (arn.matches()) {
            return new NotificationQueue(text, arn.group(1), arn.group(2), arn.group(3));
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

    /** Returns whether it can only be a queue of Amazon SQS: a name, an ARN, or a URL of one of its hosts. */
    public boolean isOfAws() {
        return url().isEmpty() || AWS_URL.matcher(text).matches();
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
