package io.caravan.load.unchanged;

import static java.util.Objects.requireNonNull;

import io.caravan.model.NamedObject;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An object store as it is, of which nothing changes. */
public abstract class UnchangedStore implements ObjectStore {

    private final ObjectStore store;

    protected UnchangedStore(ObjectStore store) {
        this.store = requireNonNull(store, "store");
    }

    @Override
    public void list(String bucket, String prefix, Consumer<ObjectVersion> action) {
        store.list(bucket, prefix, action);
    }

    @Override
    public void probe(String bucket, String prefix) {
        store.probe(bucket, prefix);
    }

    @Override
    public List<String> folders(String bucket, String prefix) {
        return store.folders(bucket, prefix);
    }

    @Override
    public Optional<byte[]> readEnd(ObjectVersion version, int bytes) {
        return store.readEnd(version, bytes);
    }

    @Override
    public Optional<List<NamedObject>> findNamed(ObjectVersion version) {
        return store.findNamed(version);
    }

    @Override
    public Optional<ObjectBody> open(ObjectVersion version) {
        return store.open(version);
    }

    @Override
    public Optional<ObjectBody> openWithMd5(ObjectVersion version) {
        return store.openWithMd5(version);
    }

    @Override
    public final boolean tag(ObjectVersion version, String name, String value) {
        throw changesNothing();
    }

    @Override
    public final boolean copy(ObjectVersion version, String key) {
        throw changesNothing();
    }

    @Override
    public final boolean delete(ObjectVersion version) {
        throw changesNothing();
    }

    private static UnsupportedOperationException changesNothing() {
        return new UnsupportedOperationException("nothing of this store changes");
    }
}
