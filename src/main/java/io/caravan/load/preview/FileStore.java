package io.caravan.load.preview;

import io.caravan.load.unchanged.UnchangedStore;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectStore;
import java.util.Optional;

/** An object store in which a file replaces one object. */
public final class FileStore extends UnchangedStore {

    private final PreviewedFile file;

    public FileStore(ObjectStore store, PreviewedFile file) {
        super(store);
        this.file = file;
    }

    @Override
    public Optional<ObjectBody> open(ObjectVersion version) {
        return version.equals(file.version()) ? file.reader().open(version) : super.open(version);
    }

    @Override
    public Optional<ObjectBody> openWithMd5(ObjectVersion version) {
        return version.equals(file.version()) ? file.reader().open(version) : super.openWithMd5(version);
    }
}
