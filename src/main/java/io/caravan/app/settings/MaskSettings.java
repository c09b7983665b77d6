package io.caravan.app.settings;

import io.caravan.app.secret.Secret;
import io.caravan.aws.SecretPassword;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.mask.MaskKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The key of hashes that stand for values.
 *
 * @param key null if there is none; it is got when a feed first needs it
 * @param origin the setting that says what it is; null if none does
 * @param shown what of that setting may be seen; null if none is set
 */
public record MaskSettings(@Nullable MaskKey key, @Nullable Setting origin, @Nullable String shown) {

    /** There is no key. */
    public static final MaskSettings NONE = new MaskSettings(null, null, null);

    private static final List<Setting> ALL = List.of(Setting.MASK_KEY, Setting.MASK_KEY_FILE, Setting.MASK_KEY_SECRET);

    /** Less can be guessed. */
    private static final int FEWEST_CHARS = 16;

    static MaskSettings read(SettingValues values) {
        List<Setting> set =
                ALL.stream().filter(setting -> values.text(setting).isPresent()).toList();
        if (set.isEmpty()) {
            return NONE;
        }
        Setting origin = set.get(0);
        if (set.size() > 1) {
            values.problem(
                    ErrorCode.SETTING_INVALID,
                    values.name(set.get(0)) + " and " + values.name(set.get(1)) + " are set: keep one of them");
        }
        String written = values.required(origin);
        boolean isKey = origin == Setting.MASK_KEY;
        if (isKey && written.length() < FEWEST_CHARS) {
            values.problem(ErrorCode.SETTING_INVALID, values.name(origin) + tooShort());
        }
        Path file = values.workingDirectory().resolve(origin == Setting.MASK_KEY_FILE ? written : "");
        Supplier<String> source = () -> isKey
                ? written
                : origin == Setting.MASK_KEY_FILE ? read(file) : new SecretPassword(written, Clock.systemUTC()).get();
        return new MaskSettings(
                new MaskKey(() -> checked(source.get(), origin)), origin, isKey ? Secret.MASK : written);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).replaceFirst("\\R\\z", "");
        } catch (IOException e) {
            throw new InvalidConfigurationException(
                    ErrorCode.SETTING_INVALID,
                    Setting.MASK_KEY_FILE.key() + ": cannot read " + file
                            + " as text in UTF-8: put the key there, or name another file",
                    e);
        }
    }

    private static String checked(String key, Setting origin) {
        if (key.length() < FEWEST_CHARS) {
            throw new InvalidConfigurationException(ErrorCode.SETTING_INVALID, origin.key() + tooShort());
        }
        return key;
    }

    private static String tooShort() {
        return " holds fewer than " + FEWEST_CHARS + " characters: make a key at random, as by openssl rand -hex 32";
    }

    void show(EffectiveSettings effective) {
        if (origin != null) {
            effective.show(origin, shown);
        }
    }
}
