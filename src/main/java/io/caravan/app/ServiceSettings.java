package io.caravan.app;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What only the long-running service needs to know.
 *
 * @param reloadInterval from one look at the route files to the next; zero for no look after the start
 */
record ServiceSettings(Duration reloadInterval) {

    ServiceSettings {
        requireNonNull(reloadInterval, "reloadInterval");
    }
}
