package io.caravan.model.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A connection that AWS Glue keeps for its jobs.
 *
 * @param properties what it says, by Glue's names; may hold a password
 * @param secret the secret of its authentication; null if it has none
 * @param hasNetwork whether it says in which network Glue is to stand
 * @see <a href="https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-connections.html">Connection API</a>
 */
public record CatalogConnection(
        String name, Map<String, String> properties, @Nullable String secret, boolean hasNetwork) {

    public CatalogConnection {
        requireNonNull(name, "name");
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    /** Tells no property's value: one may be a password. */
    @Override
    public String toString() {
        return "CatalogConnection[name=" + name + ", properties=" + properties.keySet() + "]";
    }
}
