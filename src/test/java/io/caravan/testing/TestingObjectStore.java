package io.caravan.testing;

import static java.util.Objects.requireNonNull;

import io.caravan.base.CaravanException;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** An object store in memory. Its clock ticks a second with every object that is put. */
public final class TestingObjectStore implements ObjectStore {

    private record Stored(ObjectVersion version, String content) {}

    private final Map<String, Stored> objects = Collections.synchronizedMap(new TreeMap<>());
    private final Map<ObjectVersion, String> tags = Collections.synchronizedMap(new HashMap<>());
    private final Map<String, CaravanException> failures = new HashMap<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    /** Puts an object; equal content has an equal ETag. */
    public ObjectVersion put(String bucket, String key, String content) {
        String etag = Integer.toHexString(content.hashCode());
        ObjectVersion version = new ObjectVersion(bucket, key, etag, bytes(content).length, now);
        now = now.plusSeconds(1);
        objects.put(version.uri(), new Stored(version, content));
        return version;
    }

    /** Makes every attempt to open an object fail, until {@link #cure}. */
    public void fail(ObjectVersion version, CaravanException failure) {
        failures.put(version.uri(), failure);
    }

    public void cure(ObjectVersion version) {
        failures.remove(version.uri());
    }

    @Override
    public boolean tag(ObjectVersion version, String name, String value) {
        return change(version, () -> tags.put(version, name + "=" + value));
    }

    @Override
    public boolean copy(ObjectVersion version, String key) {
        return change(
                version,
                () -> put(
                        version.bucket(),
                        key,
                        requireNonNull(objects.get(version.uri())).content()));
    }

    @Override
    public boolean delete(ObjectVersion version) {
        return change(version, () -> objects.remove(version.uri()));
    }

    private boolean change(ObjectVersion version, Runnable change) {
        CaravanException failure = failures.get(version.uri());
        if (failure != null) {
            throw failure;
        }
        Stored there = objects.get(version.uri());
        if (there == null || !there.version().etag().equals(version.etag())) {
            return false;
        }
        change.run();
        return true;
    }

    /** Returns the tags of objects, each as {@code name=value}. */
    public Map<ObjectVersion, String> tags() {
        return tags;
    }

    @Override
    public void list(String bucket, String prefix, Consumer<ObjectVersion> action) {
        objects.values().stream()
                .map(Stored::version)
                .filter(version ->
                        version.bucket().equals(bucket) && version.key().startsWith(prefix))
                .forEach(action);
    }

    @Override
    public void probe(String bucket, String prefix) {}

    @Override
    public List<String> folders(String bucket, String prefix) {
        return List.of();
    }

    @Override
    public Optional<byte[]> readEnd(ObjectVersion version, int bytes) {
        return Optional.ofNullable(objects.get(version.uri())).map(stored -> {
            byte[] content = bytes(stored.content());
            return Arrays.copyOfRange(content, Math.max(0, content.length - bytes), content.length);
        });
    }

    @Override
    public Optional<ObjectBody> open(ObjectVersion version) {
        CaravanException failure = failures.get(version.uri());
        if (failure != null) {
            throw failure;
        }
        return Optional.ofNullable(objects.get(version.uri()))
                .filter(stored -> stored.version().etag().equals(version.etag()))
                .map(stored -> new TestingBody(stored.content()));
    }

    @Override
    public Optional<ObjectBody> openWithMd5(ObjectVersion version) {
        return open(version);
    }

    private static byte[] bytes(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }
}
