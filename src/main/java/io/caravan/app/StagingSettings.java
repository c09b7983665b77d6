package io.caravan.app;

import static java.util.Objects.requireNonNull;

/**
 * Where data files wait for COPY.
 *
 * @param bucket bucket name, without {@code s3://}
 * @param prefix what the data files' keys start with
 * @param iamRole what COPY reads the data files as: one or more ARNs separated by commas, or {@code default}
 */
public record StagingSettings(String bucket, String prefix, String iamRole) {

    public StagingSettings {
        requireNonNull(bucket, "bucket");
        requireNonNull(prefix, "prefix");
        requireNonNull(iamRole, "iamRole");
    }
}
