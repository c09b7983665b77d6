package io.caravan.aws.catalog;

import io.caravan.aws.text.SdkText;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RetryableException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * A request to Glue that failed. The one place that knows Glue's error codes,
 * <a href="https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-exceptions.html">listed here</a>.
 *
 * @param cause what the SDK threw
 * @param call what was asked
 * @param what what it was asked of, for people: table shop.orders
 */
record GlueFailure(RuntimeException cause, GlueCall call, String what) {

    private static final Set<String> DENIED = Set.of(
            "AccessDeniedException",
            "GlueEncryptionException",
            "UnrecognizedClientException",
            "InvalidSignatureException",
            "IncompleteSignatureException",
            "MissingAuthenticationTokenException",
            "ExpiredTokenException");
    private static final Set<String> CONFLICT = Set.of("ConcurrentModificationException", "AlreadyExistsException");
    private static final Set<String> REFUSED =
            Set.of("InvalidInputException", "ResourceNumberLimitExceededException", "ValidationException");

    static boolean isMissing(RuntimeException failure) {
        return failure instanceof AwsServiceException refusal
                && SdkText.code(refusal).equals("EntityNotFoundException");
    }

    static boolean isThere(RuntimeException failure) {
        return failure instanceof AwsServiceException refusal
                && SdkText.code(refusal).equals("AlreadyExistsException");
    }

    /** Returns it in Caravan's words. */
    CaravanException exception() {
        if (!(cause instanceof AwsServiceException refusal)) {
            return unreachable(SdkText.of(cause) + "; check AWS_REGION, AWS_ENDPOINT_URL_GLUE and the network");
        }
        String code = SdkText.code(refusal);
        String answer = SdkText.of(refusal);
        if (isMissing(cause)) {
            return invalid(
                    ErrorCode.CATALOG_TABLE_NOT_FOUND,
                    "it does not exist in the Data Catalog; check its name and AWS_REGION (" + answer + ")");
        }
        if (DENIED.contains(code) || refusal.statusCode() == 403) {
            return invalid(ErrorCode.CATALOG_DENIED, grant(answer) + " (" + answer + ")");
        }
        if (CONFLICT.contains(code)) {
            return new RetryableException(
                    ErrorCode.CATALOG_CONFLICT,
                    message("somebody else has changed it at the same time (" + answer + ")"),
                    cause);
        }
        return REFUSED.contains(code)
                ? invalid(ErrorCode.CATALOG_TABLE_UNSUITABLE, "Glue does not take it (" + answer + ")")
                : unreachable(answer);
    }

    private String grant(String answer) {
        return answer.contains("Lake Formation")
                ? "Lake Formation is in charge of it; grant " + call.lakeFormation() + " there to the role of Caravan"
                : "grant " + call.permission() + " to the role of Caravan, and check its credentials";
    }

    private RetryableException unreachable(String reason) {
        return new RetryableException(ErrorCode.CATALOG_UNREACHABLE, message(reason), cause);
    }

    private InvalidConfigurationException invalid(ErrorCode code, String reason) {
        return new InvalidConfigurationException(code, message(reason), cause);
    }

    private String message(String reason) {
        return "cannot " + call.verb() + " " + what + ": " + reason;
    }
}
