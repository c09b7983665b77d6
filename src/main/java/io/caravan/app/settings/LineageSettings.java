package io.caravan.app.settings;

import static java.util.Objects.requireNonNull;

import io.caravan.lineage.LineageEndpoint;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where lineage is told.
 *
 * @param url of a service of OpenLineage
 * @param apiKeyFile holds the key that it wants; null if it wants none
 * @param namespace of the jobs
 */
public record LineageSettings(URI url, @Nullable SecretFile apiKeyFile, String namespace) {

    private static final Pattern HTTP = Pattern.compile("https?://[^/?#@\\s]+[^?#\\s]*");

    public LineageSettings {
        requireNonNull(url, "url");
        requireNonNull(namespace, "namespace");
    }

    /** Returns null if there is no such service. */
    static @Nullable LineageSettings read(SettingValues values) {
        @Nullable String url = values.orNull(Setting.OPENLINEAGE_URL);
        @Nullable SecretFile apiKeyFile = SecretFile.read(values, Setting.OPENLINEAGE_API_KEY_FILE, "key");
        String namespace = values.required(Setting.OPENLINEAGE_NAMESPACE);
        if (url == null) {
            return null;
        }
        if (!HTTP.matcher(url).matches()) {
            values.isWrong(Setting.OPENLINEAGE_URL, "write http://HOST:PORT or https://HOST, perhaps with a path");
            return null;
        }
        return new LineageSettings(URI.create(url), apiKeyFile, namespace);
    }

    void show(EffectiveSettings shown) {
        shown.show(Setting.OPENLINEAGE_URL, url);
        shown.show(Setting.OPENLINEAGE_API_KEY_FILE, apiKeyFile == null ? null : apiKeyFile.path());
        shown.show(Setting.OPENLINEAGE_NAMESPACE, namespace);
    }

    /** Returns the service as loads are told to it; its key is read each time. */
    public LineageEndpoint endpoint() {
        SecretFile file = apiKeyFile;
        return new LineageEndpoint(url, file == null ? null : () -> file.read().value(), namespace);
    }
}
