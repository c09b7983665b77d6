package io.caravan.app.settings;

import static java.util.Objects.requireNonNull;

import io.caravan.base.ErrorCode;
import io.caravan.model.feed.StoreAccess;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where data files wait for COPY.
 *
 * @param bucket bucket name, without {@code s3://}
 * @param prefix what the data files' keys start with
 * @param iamRole what COPY reads the data files as: one or more ARNs separated by commas, or {@code default}
 * @param keep how long after its last data file a load that is not known to have ended may still live
 * @param rememberedBytes most bytes of memory that a load takes for remembered rows
 * @param access how Caravan itself reaches the bucket
 */
public record StagingSettings(
        String bucket, String prefix, String iamRole, Duration keep, long rememberedBytes, StoreAccess access) {

    static final long STANDARD_REMEMBERED_BYTES = 64L << 20;

    private static final List<Setting> PLACE =
            List.of(Setting.STAGING_BUCKET, Setting.STAGING_PREFIX, Setting.STAGING_IAM_ROLE);

    /** Settings with {@link #STANDARD_REMEMBERED_BYTES}, of a bucket of Caravan's own. */
    public StagingSettings(String bucket, String prefix, String iamRole, Duration keep) {
        this(bucket, prefix, iamRole, keep, STANDARD_REMEMBERED_BYTES, StoreAccess.OWN);
    }

    public StagingSettings {
        requireNonNull(bucket, "bucket");
        requireNonNull(prefix, "prefix");
        requireNonNull(iamRole, "iamRole");
        requireNonNull(keep, "keep");
        requireNonNull(access, "access");
    }

    /** Returns null if no place is named. */
    static @Nullable StagingSettings read(SettingValues values) {
        StagingSettings read = new StagingSettings(
                values.text(Setting.STAGING_BUCKET).orElse(""),
                values.text(Setting.STAGING_PREFIX).orElse(""),
                values.text(Setting.STAGING_IAM_ROLE).orElse("default"),
                values.span(Setting.STAGING_KEEP, "24h or 90m"),
                values.positive(
                        Setting.REMEMBERED_ROWS_MEMORY, Long.MAX_VALUE, "write a whole number of bytes, at least 1"),
                access(values));
        if (PLACE.stream().allMatch(setting -> values.text(setting).isEmpty())) {
            return null;
        }
        read.check(values);
        return read;
    }

    private static StoreAccess access(SettingValues values) {
        @Nullable String endpoint = values.orNull(Setting.STAGING_ENDPOINT);
        return new StoreAccess(
                values.matching(
                        Setting.STAGING_REGION, StoreAccess.REGION, "write the name of a region, as eu-central-1"),
                endpoint == null
                        ? null
                        : values.endpoint(Setting.STAGING_ENDPOINT, endpoint).orElse(null),
                values.matching(
                        Setting.STAGING_ROLE, StoreAccess.ROLE, "write the role's ARN, arn:aws:iam::ACCOUNT:role/NAME"),
                values.matching(
                        Setting.STAGING_EXTERNAL_ID,
                        StoreAccess.EXTERNAL_ID,
                        "write 2 to 1224 letters, digits and characters of +=,.@:/_-"),
                false);
    }

    private void check(SettingValues values) {
        List<String> set = PLACE.stream()
                .filter(setting -> values.text(setting).isPresent())
                .map(values::name)
                .toList();
        List<String> missing = PLACE.stream()
                .filter(setting -> values.text(setting).isEmpty())
                .map(Setting::key)
                .toList();
        if (!missing.isEmpty()) {
            values.problem(
                    ErrorCode.SETTING_MISSING,
                    String.join(" and ", missing) + (missing.size() == 1 ? " is" : " are") + " not set, but "
                            + String.join(" and ", set) + (set.size() == 1 ? " is" : " are")
                            + ": set all three for COPY, or none for INSERT");
        }
        if (values.text(Setting.STAGING_EXTERNAL_ID).isPresent()
                && values.text(Setting.STAGING_ROLE).isEmpty()) {
            values.isWrong(
                    Setting.STAGING_EXTERNAL_ID, "set " + Setting.STAGING_ROLE.key() + " too, whose external id it is");
        }
        if (bucket.contains("/")) {
            values.isWrong(Setting.STAGING_BUCKET, "write the bucket's name alone, without s3:// and without a prefix");
        }
        if (!iamRole.equals("default") && !iamRole.startsWith("arn:")) {
            values.isWrong(
                    Setting.STAGING_IAM_ROLE, "write the role's ARN, arn:aws:iam::ACCOUNT:role/NAME, or default");
        }
    }

    void show(EffectiveSettings shown) {
        shown.show(Setting.STAGING_BUCKET, bucket);
        shown.show(Setting.STAGING_PREFIX, prefix);
        shown.show(Setting.STAGING_IAM_ROLE, iamRole);
        shown.show(Setting.STAGING_REGION, access.region());
        shown.show(Setting.STAGING_ENDPOINT, access.endpoint());
        shown.show(Setting.STAGING_ROLE, access.role());
        shown.show(Setting.STAGING_EXTERNAL_ID, access.externalId());
        shown.show(Setting.STAGING_KEEP, keep);
        shown.show(Setting.REMEMBERED_ROWS_MEMORY, rememberedBytes);
    }
}
