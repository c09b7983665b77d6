package io.caravan.load.preview;

import io.caravan.model.NamedObject;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An object store in which a file replaces one object. */
public final class FileStore implements ObjectStore {

    private final ObjectStore store;
    private final PreviewedFile file;

    public FileStore(ObjectStore store, PreviewedFile file) {
        this.store = store;
        this.file = file;
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
    public boolean tag(ObjectVersion version, String name, String value) {
        throw changesNothing();
    }

    @Override
    public boolean copy(ObjectVersion version, String key) {
        throw changesNothing();
    }

    @Override
    public boolean delete(ObjectVersion version) {
        throw changesNothing();
    }

    private static UnsupportedOperationException changesNothing() {
        return new UnsupportedOperationException("a preview changes nothing");
    }

    @Override
    public Optional<ObjectBody> open(ObjectVersion version) {
        return version.equals(file.version()) ? file.reader().open(version) : store.open(version);
    }

    @Override
    public Optional<ObjectBody> openWithMd5(ObjectVersion version) {
        return version.equals(file.version()) ? file.reader().open(version) : store.openWithMd5(version);
    }
}
