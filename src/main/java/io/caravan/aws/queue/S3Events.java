package io.caravan.aws.queue;

import static io.caravan.aws.text.Json.find;
import static io.caravan.aws.text.Json.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.aws.text.Json;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * What one message says: S3's own
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">events</a>, or
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html">EventBridge's</a>, as they are or in an
 * <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html">envelope</a> of SNS.
 *
 * @param created the objects that are new or changed; events of other kinds are left out
 * @param isKnown whether it is such a message at all; S3's test of a new configuration is
 */
record S3Events(List<Created> created, boolean isKnown) {

    /** An object that is new or changed; the key is not encoded. */
    record Created(String bucket, String key) {}

    /** An envelope in an envelope would be no work of SNS. */
    private static final int MOST_ENVELOPES = 2;

    private static final S3Events NONE = new S3Events(List.of(), true);
    private static final S3Events UNKNOWN = new S3Events(List.of(), false);

    S3Events {
        created = List.copyOf(created);
    }

    /** Reads a message, whatever it holds. */
    static S3Events parse(String message) {
        return parse(message, 0);
    }

    private static S3Events parse(String message, int envelopes) {
        return Json.object(message)
                .map(json -> text(json, "Type").equals("Notification") && envelopes < MOST_ENVELOPES
                        ? parse(text(json, "Message"), envelopes + 1)
                        : of(json))
                .orElse(UNKNOWN);
    }

    private static S3Events of(JsonNode json) {
        if (text(json, "Event").equals("s3:TestEvent")) {
            return NONE;
        }
        if (text(json, "source").equals("aws.s3")) {
            return ofEventBridge(json);
        }
        return find(json, "Records")
                .filter(JsonNode::isArray)
                .map(S3Events::ofS3)
                .orElse(UNKNOWN);
    }

    private static S3Events ofS3(JsonNode records) {
        List<Created> created = new ArrayList<>();
        for (JsonNode event : records.asArray()) {
            if (!text(event, "eventSource").equals("aws:s3")) {
                return UNKNOWN;
            }
            if (text(event, "eventName").startsWith("ObjectCreated:")) {
                created.add(
                        new Created(text(event, "s3", "bucket", "name"), decoded(text(event, "s3", "object", "key"))));
            }
        }
        return new S3Events(created, true);
    }

    private static S3Events ofEventBridge(JsonNode event) {
        return text(event, "detail-type").equals("Object Created")
                ? new S3Events(
                        List.of(new Created(
                                text(event, "detail", "bucket", "name"), text(event, "detail", "object", "key"))),
                        true)
                : NONE;
    }

    /** S3 encodes a key as forms do, blanks as plus signs. */
    private static String decoded(String key) {
        try {
            return URLDecoder.decode(key, UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
