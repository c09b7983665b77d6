package io.caravan.lineage;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where lineage is told.
 *
 * @param url of the service, to whose path {@code /api/v1/lineage} is added
 * @param apiKey returns what is sent as a bearer token; null for none
 * @param namespace of the jobs, of which each feed is one
 */
public record LineageEndpoint(URI url, @Nullable Supplier<String> apiKey, String namespace) {

    public LineageEndpoint {
        requireNonNull(url, "url");
        requireNonNull(namespace, "namespace");
    }

    /** Leaves out the key. */
    @Override
    public String toString() {
        return "LineageEndpoint[url=" + url + ", namespace=" + namespace + "]";
    }
}
