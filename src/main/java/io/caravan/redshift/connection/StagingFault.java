package io.caravan.redshift.connection;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A reason for which COPY reads nothing, that lies neither in rows nor in the warehouse. Redshift has no code for it; its
 * message quotes S3 or IAM.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/s3serviceexception-error.html">S3ServiceException errors</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/mgmt/copy-unload-iam-role.html">Roles for COPY</a>
 */
enum StagingFault {
    ROLE(
            "not authorized to (assume|get credentials)|assume (iam )?role|(iam.?role|default role)[^\n]*(invalid|not"
                    + " valid|not found|not exist|not (been )?(associated|attached|assigned|set)|not authorized)"
                    + "|cannot find[^\n]*iam.?role|invalidclienttokenid|sts:assumerole",
            "Redshift may not take on the role of caravan.staging.iam-role: check its ARN, that its trust policy names"
                    + " Redshift, that it is associated with the cluster or namespace, and GRANT ASSUMEROLE … FOR COPY"),
    REGION(
            "permanentredirect|authorizationheadermalformed|different region|must be addressed using the specified"
                    + " endpoint|bucket is in this region",
            "the bucket is not in the region of the warehouse: check caravan.staging.bucket, and name its region in"
                    + " caravan.staging.region; or, of a feed with 'staging: direct', in its 'region'"),
    DENIED(
            "s3serviceexception[^\n]*(status 403|accessdenied|access ?denied|invalidaccesskeyid|signaturedoesnotmatch"
                    + "|allaccessdisabled)|kms[^\n]*accessdenied|not authorized to perform",
            "grant s3:GetObject and s3:ListBucket on the staging bucket, and kms:Decrypt on the key that it is encrypted"
                    + " with, to the role of caravan.staging.iam-role"),
    MISSING(
            "nosuchbucket|nosuchkey|s3serviceexception[^\n]*status 404|problem reading manifest|manifest file is not"
                    + "|specified (s3 prefix|bucket|key)[^\n]*does not exist",
            "Redshift does not see what Caravan has written: check caravan.staging.bucket and AWS_ENDPOINT_URL_S3, and that"
                    + " nobody deletes what is under caravan.staging.prefix");

    private final Pattern text;
    private final String remedy;

    StagingFault(String text, String remedy) {
        this.text = Pattern.compile(text);
        this.remedy = remedy;
    }

    /** Returns the pattern of messages about any of these faults. */
    static Pattern any() {
        return Pattern.compile(
                Arrays.stream(values()).map(fault -> fault.text.pattern()).collect(joining("|")));
    }

    /** Returns the fault that a message is about; empty if it is another failure. */
    static Optional<StagingFault> of(String lowerCaseMessage) {
        return Arrays.stream(values())
                .filter(fault -> fault.text.matcher(lowerCaseMessage).find())
                .findFirst();
    }

    /** Returns the remedy: an imperative, or the reason for one. */
    String remedy() {
        return remedy;
    }
}
