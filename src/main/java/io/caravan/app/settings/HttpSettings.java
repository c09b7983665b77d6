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
}
