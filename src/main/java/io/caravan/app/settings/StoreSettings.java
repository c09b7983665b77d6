package io.caravan.app.settings;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * How to speak with S3.
 *
 * @param pathStyle whether the bucket is part of the path and not of the host name
 * @param endpoints those that feeds may name besides AWS's own
 */
public record StoreSettings(boolean pathStyle, List<URI> endpoints) {

    public StoreSettings {
        endpoints = List.copyOf(endpoints);
    }

    /** Feeds may name AWS's endpoints alone. */
    public StoreSettings(boolean pathStyle) {
        this(pathStyle, List.of());
    }

    static StoreSettings read(SettingValues values) {
        List<URI> endpoints = values.text(Setting.S3_ENDPOINTS).stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(String::strip)
                .flatMap(text -> values.endpoint(Setting.S3_ENDPOINTS, text).stream())
                .toList();
        return new StoreSettings(values.truth(Setting.S3_PATH_STYLE), endpoints);
    }

    void show(EffectiveSettings shown) {
        shown.show(Setting.S3_PATH_STYLE, pathStyle);
        if (!endpoints.isEmpty()) {
            shown.show(
                    Setting.S3_ENDPOINTS, endpoints.stream().map(URI::toString).collect(joining(",")));
        }
    }
}
