package io.caravan.app.settings;

import org.jspecify.annotations.Nullable;

/**
 * Where {@code run} answers health and metrics.
 *
 * @param address name or address of an interface of this machine; null for all of them
 * @param port 0 for any that is free
 */
public record HttpSettings(@Nullable String address, int port) {

    public HttpSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port);
        }
    }

    static HttpSettings read(SettingValues values) {
        @Nullable String address = values.orNull(Setting.HTTP_ADDRESS);
        try {
            return new HttpSettings(address, Integer.parseInt(values.required(Setting.HTTP_PORT)));
        } catch (IllegalArgumentException e) {
            values.isWrong(Setting.HTTP_PORT, "write a port from 1 to 65535, or 0 for any that is free");
            return new HttpSettings(address, 0);
        }
    }

    void show(EffectiveSettings shown) {
        shown.show(Setting.HTTP_PORT, port);
        shown.show(Setting.HTTP_ADDRESS, address);
    }
}
