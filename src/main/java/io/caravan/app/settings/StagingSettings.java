package io.caravan.app.settings;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Where data files wait for COPY.
 *
 * @param bucket bucket name, without {@code s3://}
 * @param prefix what the data files' keys start with
 * @param iamRole what COPY reads the data files as: one or more ARNs separated by commas, or {@code default}
 * @param keep how long after its last data file a load that is not known to have ended may still live
 * @param rememberedBytes most bytes of memory that a load takes for remembered rows
 */
public record StagingSettings(String bucket, String prefix, String iamRole, Duration keep, long rememberedBytes) {

    static final long STANDARD_REMEMBERED_BYTES = 64L << 20;

    /** Settings with {@link #STANDARD_REMEMBERED_BYTES}. */
    public StagingSettings(String bucket, String prefix, String iamRole, Duration keep) {
        this(bucket, prefix, iamRole, keep, STANDARD_REMEMBERED_BYTES);
    }

    public StagingSettings {
        requireNonNull(bucket, "bucket");
        requireNonNull(prefix, "prefix");
        requireNonNull(iamRole, "iamRole");
        requireNonNull(keep, "keep");
    }
}
