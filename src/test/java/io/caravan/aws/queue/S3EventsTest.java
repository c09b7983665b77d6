package io.caravan.aws.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.aws.queue.S3Events.Created;
import io.caravan.testing.S3Messages;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What messages mean, and what is made of those that mean nothing. */
class S3EventsTest {

    private static final String KEY = "in/Zoë & co/a+b %.csv";

    private static final S3Events ONE = new S3Events(List.of(new Created("source", KEY)), true);
    private static final S3Events NONE = new S3Events(List.of(), true);
    private static final S3Events UNKNOWN = new S3Events(List.of(), false);

    @Test
    void s3sOwnEventsHaveEncodedKeys() {
        String message = S3Messages.direct("source", KEY);

        assertThat(message).contains("in/Zo%C3%AB+%26+co/a%2Bb+%25.csv");
        assertThat(S3Events.parse(message)).isEqualTo(ONE);
    }

    @Test
    void snsPutsThemIntoAnEnvelope() {
        assertThat(S3Events.parse(S3Messages.throughSns("source", KEY))).isEqualTo(ONE);
    }

    @Test
    void eventBridgesKeysAreAsTheyAre() {
        assertThat(S3Events.parse(S3Messages.throughEventBridge("source", KEY))).isEqualTo(ONE);
    }

    @Test
    void aMessageMayHoldSeveral() {
        assertThat(
                        S3Events.parse(
                                """
                        {"Records": [
                          {"eventSource": "aws:s3", "eventName": "ObjectCreated:CompleteMultipartUpload",
                           "s3": {"bucket": {"name": "b"}, "object": {"key": "x"}}},
                          {"eventSource": "aws:s3", "eventName": "ObjectRemoved:Delete",
                           "s3": {"bucket": {"name": "b"}, "object": {"key": "y"}}},
                          {"eventSource": "aws:s3", "eventName": "ObjectCreated:Copy",
                           "s3": {"bucket": {"name": "b"}, "object": {"key": "z"}}}]}
                        """))
                .isEqualTo(new S3Events(List.of(new Created("b", "x"), new Created("b", "z")), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"b\"}",
                "{\"source\":\"aws.s3\",\"detail-type\":\"Object Deleted\",\"detail\":{\"bucket\":{\"name\":\"b\"}}}",
                "{\"Records\":[]}",
            })
    void someTellOfNoNewObject(String message) {
        assertThat(S3Events.parse(message)).isEqualTo(NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "[]",
                "{}",
                "null",
                "{\"Records\":{}}",
                "{\"Records\":[1]}",
                "{\"Records\":[{\"eventSource\":\"aws:sqs\"}]}",
                "{\"Type\":\"Notification\"}",
                "{\"Type\":\"Notification\",\"Message\":\"{\\\"Type\\\":\\\"Notification\\\",\\\"Message\\\":\\\"{}\\\"}\"}",
                "{\"Type\":\"SubscriptionConfirmation\",\"Message\":\"x\"}",
                "{\"Records\":",
            })
    void othersAreNoEvents(String message) {
        assertThat(S3Events.parse(message)).isEqualTo(UNKNOWN);
    }

    @Test
    void nothingIsTooDeep() {
        assertThat(S3Events.parse("{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000)))
                .isEqualTo(UNKNOWN);
        assertThat(S3Events.parse("[".repeat(1_000_000))).isEqualTo(UNKNOWN);
    }

    @Test
    void whatLacksPartsNamesNothing() {
        assertThat(S3Events.parse("{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\"}]}"))
                .isEqualTo(new S3Events(List.of(new Created("", "")), true));
        assertThat(S3Events.parse("{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\","
                        + "\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"%zz\"}}}]}"))
                .isEqualTo(new S3Events(List.of(new Created("b", "")), true));
    }
}
