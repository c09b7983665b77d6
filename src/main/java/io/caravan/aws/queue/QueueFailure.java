package io.caravan.aws.queue;

import io.caravan.aws.text.SdkText;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RetryableException;
import io.caravan.model.feed.NotificationQueue;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * A request to SQS that failed. The one place that knows SQS's error codes,
 * <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html">listed here</a>.
 *
 * @param cause what the SDK threw
 */
record QueueFailure(RuntimeException cause, NotificationQueue queue) {

    private static final Set<String> MISSING = Set.of(
            "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue", "InvalidAddress", "NonExistentQueue");

    /**
     * Returns it in Caravan's words.
     *
     * @param permissions the IAM actions that allow what was asked
     */
    CaravanException exception(String permissions) {
        if (!(cause instanceof AwsServiceException refusal)) {
            return new RetryableException(
                    ErrorCode.QUEUE_FAILED,
                    message(SdkText.of(cause) + "; check AWS_REGION, AWS_ENDPOINT_URL_SQS and the network"),
                    cause);
        }
        String code = SdkText.code(refusal);
        if (MISSING.contains(code)) {
            return new InvalidConfigurationException(
                    ErrorCode.QUEUE_NOT_FOUND,
                    message("it does not exist; check the feed's 'queue', AWS_REGION and AWS_ENDPOINT_URL_SQS"),
                    cause);
        }
        if (refusal.statusCode() == 403 && !code.equals("RequestTimeTooSkewed") && !code.equals("RequestThrottled")) {
            return new InvalidConfigurationException(
                    ErrorCode.QUEUE_DENIED,
                    message("grant " + permissions + " on it to the role of Caravan (" + SdkText.of(refusal) + ")"),
                    cause);
        }
        return new RetryableException(ErrorCode.QUEUE_FAILED, message(SdkText.of(refusal)), cause);
    }

    private String message(String reason) {
        return "cannot read the queue " + queue + ": " + reason;
    }
}
