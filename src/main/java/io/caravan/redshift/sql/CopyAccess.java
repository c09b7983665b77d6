package io.caravan.redshift.sql;

import static io.caravan.redshift.sql.SqlText.literal;

import org.jspecify.annotations.Nullable;

/**
 * How COPY reads a bucket.
 *
 * @param iamRole ARN of the role, or several with commas between, or {@code default}
 * @param region the bucket's region; null if it is the warehouse's
 */
public record CopyAccess(String iamRole, @Nullable String region) {

    /**
     * Returns the parameters of COPY.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-source-s3.html">REGION</a>
     */
    String sql() {
        return "IAM_ROLE " + (iamRole.equals("default") ? iamRole : literal(iamRole))
                + (region == null ? "" : " REGION " + literal(region));
    }
}
