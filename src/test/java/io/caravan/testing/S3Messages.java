package io.caravan.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Messages as S3, SNS and EventBridge put them into a queue; their documents' examples, with another bucket and key. */
public final class S3Messages {

    private S3Messages() {}

    /** Returns S3's own, which SNS delivers raw. */
    public static String direct(String bucket, String key) {
        return """
                {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-west-2",\
                "eventTime":"1970-01-01T00:00:00.000Z","eventName":"ObjectCreated:Put",\
                "userIdentity":{"principalId":"AIDAJDPLRKLG7UEXAMPLE"},\
                "requestParameters":{"sourceIPAddress":"127.0.0.1"},\
                "responseElements":{"x-amz-request-id":"C3D13FE58DE4C810","x-amz-id-2":"FMyUVURIY8/IgAtTv8xRjskZQpcIZ9KG4V5Wp6S7S/JRWeUWerMUE5JgHvANOjpD"},\
                "s3":{"s3SchemaVersion":"1.0","configurationId":"testConfigRule",\
                "bucket":{"name":%s,"ownerIdentity":{"principalId":"A3NL1KOZZKExample"},"arn":%s},\
                "object":{"key":%s,"size":1024,"eTag":"d41d8cd98f00b204e9800998ecf8427e",\
                "versionId":"096fKKXTRTtl3on89fVO.nfljtsv6qko","sequencer":"0055AED6DCD90281E5"}}}]}"""
                .formatted(
                        quote(bucket),
                        quote("arn:aws:s3:::" + bucket),
                        quote(URLEncoder.encode(key, UTF_8).replace("%2F", "/")));
    }

    /** Returns S3's own in an envelope of SNS. */
    public static String throughSns(String bucket, String key) {
        return """
                {"Type":"Notification","MessageId":"22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",\
                "TopicArn":"arn:aws:sns:us-west-2:123456789012:MyTopic","Subject":"Amazon S3 Notification",\
                "Message":%s,"Timestamp":"2012-05-02T00:54:06.655Z","SignatureVersion":"1","Signature":"EXAMPLEw6JRN",\
                "SigningCertURL":"https://sns.us-west-2.amazonaws.com/SimpleNotificationService.pem",\
                "UnsubscribeURL":"https://sns.us-west-2.amazonaws.com/?Action=Unsubscribe"}"""
                .formatted(quote(direct(bucket, key)));
    }

    /** Returns EventBridge's. */
    public static String throughEventBridge(String bucket, String key) {
        return """
                {"version":"0","id":"17793124-05d4-b198-2fde-7ededc63b103","detail-type":"Object Created",\
                "source":"aws.s3","account":"111122223333","time":"2021-11-12T00:00:00Z","region":"ca-central-1",\
                "resources":[%s],"detail":{"version":"0","bucket":{"name":%s},\
                "object":{"key":%s,"size":5,"etag":"b1946ac92492d2347c6235b4d2611184","sequencer":"617f08299329d189"},\
                "request-id":"N4N7GDK58NMKJ12R","requester":"123456789012","source-ip-address":"1.2.3.4","reason":"PutObject"}}"""
                .formatted(quote("arn:aws:s3:::" + bucket), quote(bucket), quote(key));
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
