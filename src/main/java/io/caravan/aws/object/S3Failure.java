package io.caravan.aws.object;

import io.caravan.aws.text.SdkText;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RetryableException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * A request that failed: what the AWS SDK threw, in Caravan's words. The one place that knows S3's error codes,
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">listed here</a>.
 *
 * @param cause what the SDK threw
 * @param action what was asked
 * @param bucket bucket name
 * @param key object key, or the prefix that was listed
 */
public record S3Failure(SdkException cause, S3Action action, String bucket, String key) {

    private static final Set<String> BAD_CREDENTIALS = Set.of("InvalidAccessKeyId", "InvalidToken", "ExpiredToken");
    private static final Set<String> BUSY =
            Set.of("SlowDown", "ServiceUnavailable", "Throttling", "RequestLimitExceeded");
    private static final String BAD_SIGNATURE = "SignatureDoesNotMatch";
    private static final Set<String> OTHER_REGION = Set.of("PermanentRedirect", "AuthorizationHeaderMalformed");

    /** Returns whether S3 says that the object is not, or no longer, what was asked for. */
    boolean changedOrGone() {
        return cause instanceof AwsServiceException refusal
                && (refusal.statusCode() == 412
                        || (refusal.statusCode() == 404
                                && !SdkText.code(refusal).equals("NoSuchBucket")));
    }

    public CaravanException exception() {
        if (cause instanceof StsException refusal) {
            return refusedRole(refusal);
        }
        if (cause instanceof AwsServiceException refusal) {
            return refused(refusal);
        }
        if (cause instanceof AbortedException) {
            return retryable(ErrorCode.OBJECT_STORE_FAILED, "interrupted");
        }
        Optional<Throwable> outage = outage();
        if (outage.isPresent()) {
            return retryable(
                    ErrorCode.OBJECT_STORE_UNREACHABLE,
                    outage.get().getClass().getSimpleName() + ": "
                            + outage.get().getMessage() + "; check AWS_ENDPOINT_URL_S3, AWS_REGION and the network");
        }
        return retryable(failed(), SdkText.withoutCredentials(String.valueOf(cause.getMessage())));
    }

    /** S3 has not been asked: the SDK could not take on the role with which it is to be. */
    private CaravanException refusedRole(StsException refusal) {
        String answer = "HTTP " + refusal.statusCode() + " " + SdkText.describe(refusal);
        return refusal.statusCode() == 403
                ? invalid(
                        ErrorCode.OBJECT_STORE_DENIED,
                        "its role cannot be taken on: grant sts:AssumeRole on it to the role of Caravan, and have its trust"
                                + " policy name that role, and the external id, if it asks for one (" + answer + ")")
                : retryable(ErrorCode.OBJECT_STORE_FAILED, "its role cannot be taken on (" + answer + ")");
    }

    private CaravanException refused(AwsServiceException refusal) {
        String code = SdkText.code(refusal);
        int status = refusal.statusCode();
        String answer = "HTTP " + status + " " + SdkText.describe(refusal);
        if (code.equals("NoSuchBucket")
                || code.equals("InvalidBucketName")
                || (status == 404 && action == S3Action.LIST)) {
            return invalid(
                    ErrorCode.BUCKET_NOT_FOUND,
                    "the bucket " + bucket + " does not exist; check its name, AWS_REGION and AWS_ENDPOINT_URL_S3");
        }
        if (status == 301 || OTHER_REGION.contains(code)) {
            return invalid(
                    ErrorCode.SETTING_INVALID,
                    "the bucket " + bucket + " is in another region; set AWS_REGION to "
                            + header(refusal, "x-amz-bucket-region").orElse("its region")
                            + (action.isOfStaging() ? ", or caravan.staging.region" : ", or the feed's 'region'"));
        }
        // A store that reads a strange key otherwise than the SDK writes it finds fault with the signature of that key
        // alone.
        if (BAD_CREDENTIALS.contains(code) || (code.equals(BAD_SIGNATURE) && action != S3Action.READ)) {
            return invalid(ErrorCode.OBJECT_STORE_DENIED, "check the AWS credentials (" + answer + ")");
        }
        if (status == 503 || status == 429 || BUSY.contains(code)) {
            return retryable(ErrorCode.OBJECT_STORE_BUSY, answer);
        }
        return action == S3Action.READ ? unread(code, status, answer) : denied(code, status, answer);
    }

    /** One object may have rules, a key or a storage class of its own, so a refused read says nothing about the bucket. */
    private RetryableException unread(String code, int status, String answer) {
        if (code.equals("InvalidObjectState")) {
            return retryable(ErrorCode.OBJECT_ARCHIVED, "it is in an archive; restore it (" + answer + ")");
        }
        if (code.startsWith("KMS.")) {
            return retryable(
                    ErrorCode.OBJECT_DENIED, "the key that it is encrypted with cannot be used (" + answer + ")");
        }
        return isDenied(code, status)
                ? retryable(
                        ErrorCode.OBJECT_DENIED,
                        "grant s3:GetObject on it, and kms:Decrypt on the key that it is"
                                + " encrypted with, to the role of Caravan (" + answer + ")")
                : retryable(ErrorCode.OBJECT_READ_FAILED, answer);
    }

    private CaravanException denied(String code, int status, String answer) {
        return isDenied(code, status)
                ? invalid(
                        ErrorCode.OBJECT_STORE_DENIED,
                        "grant " + action.permission() + " on the bucket " + bucket + " to the role of Caravan ("
                                + answer + ")"
                                + (action.isOfStaging()
                                        ? ""
                                        : "; or have the feed say 'requestPayer: requester', if it is a bucket whose readers pay"))
                : retryable(ErrorCode.OBJECT_STORE_FAILED, answer);
    }

    /** A clock that is wrong is a 403 as well, but no matter of permissions. */
    private static boolean isDenied(String code, int status) {
        return status == 403 && !code.equals("RequestTimeTooSkewed");
    }

    private ErrorCode failed() {
        return action == S3Action.READ ? ErrorCode.OBJECT_READ_FAILED : ErrorCode.OBJECT_STORE_FAILED;
    }

    private RetryableException retryable(ErrorCode code, String reason) {
        return new RetryableException(code, message(reason), cause);
    }

    private InvalidConfigurationException invalid(ErrorCode code, String reason) {
        return new InvalidConfigurationException(code, message(reason), cause);
    }

    private String message(String reason) {
        return "cannot " + action.verb() + " s3://" + bucket + "/" + key + ": " + reason;
    }

    /** Returns the connection's own failure, if it was one. */
    private Optional<Throwable> outage() {
        if (cause instanceof ApiCallTimeoutException || cause instanceof ApiCallAttemptTimeoutException) {
            return Optional.of(cause);
        }
        return SdkText.outage(cause);
    }

    private static Optional<String> header(AwsServiceException refusal, String name) {
        @Nullable AwsErrorDetails details = refusal.awsErrorDetails();
        return details == null || details.sdkHttpResponse() == null
                ? Optional.empty()
                : details.sdkHttpResponse().firstMatchingHeader(name);
    }
}
