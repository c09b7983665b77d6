package io.caravan.aws.staging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.aws.compression.ZstdFrames;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.spi.DataFileRecord;
import io.caravan.spi.DataFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Data files in S3. Holds two of them in memory at most: one being filled, one being uploaded. */
final class S3DataFiles implements DataFiles {

    private static final Logger LOG = LoggerFactory.getLogger(S3DataFiles.class);

    /** By how much a data file may pass its target: one block of ZSTD, and what the encoder still held. */
    private static final int SLACK_BYTES = 1 << 18;

    private final StagingBucket bucket;
    private final DataFileNames names;
    private final int targetBytes;
    private final String nullMarker;
    private final BackgroundUpload upload;
    private final List<String> files = new ArrayList<>();
    /** Also what failed to be written: the store may have it all the same. */
    private final Set<String> manifests = new LinkedHashSet<>();

    private MemoryFile free;
    private @Nullable DataFile filling;
    private boolean finished;
    private boolean closed;

    /**
     * Writes nothing yet.
     *
     * @param targetBytes the compressed size at which a data file is full; positive
     * @param nullMarker how NULL is written; ASCII
     */
    S3DataFiles(StagingBucket bucket, DataFileNames names, int targetBytes, String nullMarker) {
        this.bucket = bucket;
        this.names = names;
        this.targetBytes = targetBytes;
        this.nullMarker = nullMarker;
        this.free = new MemoryFile(targetBytes + SLACK_BYTES);
        this.upload =
                new BackgroundUpload(bucket, "data-files-" + names.loadId(), new MemoryFile(targetBytes + SLACK_BYTES));
    }

    @Override
    public void field(@Nullable String value) {
        current().field(value);
    }

    @Override
    public void field(long value) {
        current().field(value);
    }

    @Override
    public void fields(List<@Nullable String> values) {
        current().fields(values);
    }

    @Override
    public void endRow() {
        DataFile file = current();
        file.endRow();
        upload.check();
        if (file.compressedBytes() >= targetBytes) {
            handOver(file);
        }
    }

    @Override
    public int stored() {
        return upload.isIdle() ? files.size() : files.size() - 1;
    }

    @Override
    public void finish() {
        DataFile last = filling;
        if (finished || closed) {
            throw new IllegalStateException("the data files are finished");
        }
        if (last == null && files.isEmpty()) {
            throw new IllegalStateException("there is no row, so there is nothing to copy");
        }
        if (last != null) {
            if (last.inRow()) {
                throw new IllegalStateException("the last row is not ended");
            }
            handOver(last);
        }
        upload.await();
        finished = true;
    }

    @Override
    public String manifest(int from, int to) {
        String key = names.manifest(from + 1, to);
        byte[] manifest = new Manifest(files().subList(from, to)).json().getBytes(UTF_8);
        manifests.add(key);
        bucket.put(key, "application/json", () -> new ByteArrayInputStream(manifest), manifest.length);
        return bucket.uri(key);
    }

    @Override
    public String folder() {
        return bucket.uri(names.folder());
    }

    @Override
    public List<String> files() {
        return files.stream().map(bucket::uri).toList();
    }

    @Override
    public void read(String file, Consumer<DataFileRecord> action) {
        for (String key : files) {
            if (bucket.uri(key).equals(file)) {
                read(bucket.open(key), file, action);
            }
        }
    }

    private void read(InputStream stored, String file, Consumer<DataFileRecord> action) {
        try (InputStream content = new ZstdFrames(stored)) {
            DataFileReader reader = new DataFileReader(content, nullMarker);
            while (reader.next()) {
                action.accept(reader);
            }
        } catch (IOException e) {
            throw new RetryableException(
                    ErrorCode.OBJECT_STORE_FAILED,
                    "cannot read the data file " + file + " again: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        // The SDK sends nothing for a thread that is interrupted, and a shutdown must not leave the files behind.
        boolean interrupted = Thread.interrupted();
        upload.close();
        interrupted |= Thread.interrupted();
        if (filling != null) {
            filling.close();
        }
        deleteAll();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private DataFile current() {
        if (finished || closed) {
            throw new IllegalStateException("the data files are finished");
        }
        if (filling == null) {
            filling = new DataFile(free, nullMarker);
        }
        return filling;
    }

    private void handOver(DataFile file) {
        MemoryFile full = file.finish();
        filling = null;
        String key = names.file(files.size() + 1);
        files.add(key);
        free = upload.start(key, full);
    }

    private void deleteAll() {
        List<String> left = new ArrayList<>(files);
        left.addAll(manifests);
        int count = left.size();
        RuntimeException first = null;
        for (String key : List.copyOf(left)) {
            try {
                bucket.delete(key);
                left.remove(key);
            } catch (RuntimeException e) {
                // Not only what S3Failure knows: the SDK has exceptions of its own for a client that is closed already.
                first = first == null ? e : first;
                if (e instanceof CaravanException failure && failure.code() == ErrorCode.OBJECT_STORE_UNREACHABLE) {
                    break;
                }
            }
        }
        if (first != null) {
            LOG.warn(
                    "{} of {} data files could not be deleted and stay under {}: {}",
                    left.size(),
                    count,
                    bucket.uri(names.folder()),
                    first.getMessage());
        }
    }
}
