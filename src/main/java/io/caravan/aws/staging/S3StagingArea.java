package io.caravan.aws.staging;

import static java.util.Objects.requireNonNull;

import io.caravan.model.ObjectVersion;
import io.caravan.spi.DataFiles;
import io.caravan.spi.StagedLoad;
import io.caravan.spi.StagingArea;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.S3Client;

/** Data files in S3, under {@code PREFIX/LOADID/TABLE/}. */
public final class S3StagingArea implements StagingArea {

    /**
     * The compressed size of a data file unless told otherwise. Redshift wants 1 MB to 1 GB, and not fewer files than it has
     * slices: <a href="https://docs.aws.amazon.com/redshift/latest/dg/c_best-practices-use-multiple-files.html">best practices</a>.
     */
    static final long STANDARD_FILE_BYTES = 8L << 20;

    private static final long LARGEST_FILE_BYTES = 1L << 30;

    private final StagingBucket bucket;
    private final String prefix;
    private final int fileBytes;

    /** Writes data files of {@link #STANDARD_FILE_BYTES}. */
    public S3StagingArea(S3Client client, String bucket, String prefix) {
        this(client, bucket, prefix, STANDARD_FILE_BYTES);
    }

    /**
     * Writes data files of another size.
     *
     * @param client stays the caller's to close
     * @param bucket bucket name, without {@code s3://}
     * @param prefix what all keys begin with; may be empty or end in a slash
     * @param fileBytes the compressed size at which a data file is full; 1 byte to 1 GiB. Two of them are held in memory for
     *     each load that runs
     */
    public S3StagingArea(S3Client client, String bucket, String prefix, long fileBytes) {
        if (fileBytes < 1 || fileBytes > LARGEST_FILE_BYTES) {
            throw new IllegalArgumentException(
                    "fileBytes is not between 1 and " + LARGEST_FILE_BYTES + ": " + fileBytes);
        }
        this.bucket = new StagingBucket(client, bucket);
        this.prefix = requireNonNull(prefix, "prefix");
        this.fileBytes = (int) fileBytes;
    }

    @Override
    public DataFiles create(String loadId, String table, String nullMarker) {
        return new S3DataFiles(bucket, new DataFileNames(prefix, loadId, table), fileBytes, nullMarker);
    }

    @Override
    public List<StagedLoad> findLoads() {
        Map<String, List<ObjectVersion>> files = new TreeMap<>();
        bucket.list(DataFileNames.start(prefix), object -> DataFileNames.loadId(prefix, object.key())
                .ifPresent(id ->
                        files.computeIfAbsent(id, load -> new ArrayList<>()).add(object)));
        return files.entrySet().stream()
                .map(load -> staged(load.getKey(), load.getValue()))
                .toList();
    }

    private static StagedLoad staged(String loadId, List<ObjectVersion> files) {
        return new StagedLoad(
                loadId,
                files.stream()
                        .map(ObjectVersion::lastModified)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                files.stream().map(ObjectVersion::key).toList());
    }

    @Override
    public void delete(StagedLoad load) {
        load.keys().forEach(bucket::delete);
    }
}
