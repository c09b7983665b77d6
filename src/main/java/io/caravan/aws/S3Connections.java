package io.caravan.aws;

import static java.util.Objects.requireNonNull;

import io.caravan.model.feed.StoreAccess;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A connection for each way to reach a bucket, made when it is first needed. Safe for use by several threads. */
public final class S3Connections implements AutoCloseable {

    private final S3Settings settings;
    private final S3Connection own;
    private final Map<StoreAccess, S3Connection> others = new ConcurrentHashMap<>();

    /**
     * Makes that of {@link StoreAccess#OWN}; nothing is sent yet.
     *
     * @throws io.caravan.base.InvalidConfigurationException if no region is set
     */
    public S3Connections(S3Settings settings) {
        this.settings = requireNonNull(settings, "settings");
        this.own = new S3Connection(settings);
    }

    /** Returns that to the process's own region and account. */
    public S3Connection own() {
        return own;
    }

    /** Returns the one with an access, the same each time; nothing is sent yet. */
    public S3Connection of(StoreAccess access) {
        return access.equals(StoreAccess.OWN)
                ? own
                : others.computeIfAbsent(access, other -> new S3Connection(settings, other));
    }

    /** Closes all others; they may be asked for again. */
    public void keepOnly(Set<StoreAccess> used) {
        others.keySet().stream()
                .filter(access -> !used.contains(access))
                .toList()
                .forEach(access -> requireNonNull(others.remove(access)).close());
    }

    @Override
    public void close() {
        keepOnly(Set.of());
        own.close();
    }
}
