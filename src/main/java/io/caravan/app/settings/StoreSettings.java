package io.caravan.app.settings;

/**
 * How to speak with S3.
 *
 * @param pathStyle whether the bucket is part of the path and not of the host name
 */
public record StoreSettings(boolean pathStyle) {

    static StoreSettings read(SettingValues values) {
        return new StoreSettings(values.truth(Setting.S3_PATH_STYLE));
    }

    void show(EffectiveSettings shown) {
        shown.show(Setting.S3_PATH_STYLE, pathStyle);
    }
}
