package io.caravan.app;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Where data files wait for COPY.
 *
 * @param bucket bucket name, without {@code s3://}
 * @param prefix what the data files' keys start with
 * @param iamRole what COPY reads the data files as: one or more ARNs separated by commas, or {@code default}
 * @param keep how long after its last data file a load that is not known to have ended may still live
 */
public record StagingSettings(String bucket, String prefix, String iamRole, Duration keep) {

    public StagingSettings {
        requireNonNull(bucket, "bucket");
        requireNonNull(prefix, "prefix");
        requireNonNull(iamRole, "iamRole");
        requireNonNull(keep, "keep");
    }
}
