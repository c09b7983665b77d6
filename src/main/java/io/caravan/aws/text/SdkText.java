package io.caravan.aws.text;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What the AWS SDK's exceptions say, for people. */
public final class SdkText {

    private SdkText() {}

    /** Returns what was answered, or why there was no answer. */
    public static String of(RuntimeException failure) {
        if (failure instanceof AwsServiceException refusal) {
            return "HTTP " + refusal.statusCode() + " " + describe(refusal);
        }
        return outage(failure)
                .map(outage -> outage.getClass().getSimpleName() + ": " + outage.getMessage())
                .orElseGet(() -> withoutCredentials(String.valueOf(failure.getMessage())));
    }

    /** Returns the connection's own failure, if it was one. */
    public static Optional<Throwable> outage(Throwable failure) {
        Throwable reason = failure;
        while (reason != null && !(reason instanceof IOException)) {
            reason = reason.getCause();
        }
        return Optional.ofNullable(reason);
    }

    /** Returns the service's error code; empty if it gave none. */
    public static String code(AwsServiceException refusal) {
        @Nullable AwsErrorDetails details = refusal.awsErrorDetails();
        @Nullable String code = details == null ? null : details.errorCode();
        return code == null ? "" : code;
    }

    /** Returns the service's error code and message. */
    public static String describe(AwsServiceException refusal) {
        @Nullable AwsErrorDetails details = refusal.awsErrorDetails();
        @Nullable String text = details == null ? null : details.errorMessage();
        return code(refusal)
                + (text == null ? "" : ": " + text)
                + (refusal.requestId() == null ? "" : ", request " + refusal.requestId());
    }

    /** The SDK's message lists all places it looked at, in one line of a thousand characters. */
    public static String withoutCredentials(String message) {
        return message.startsWith("Unable to load credentials")
                ? "no AWS credentials were found; give Caravan a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                : message;
    }
}
