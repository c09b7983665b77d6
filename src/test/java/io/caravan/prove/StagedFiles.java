package io.caravan.prove;

import com.github.luben.zstd.Zstd;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Files under one prefix of the staging bucket, which nobody else has. */
final class StagedFiles implements AutoCloseable {

    private final S3Client s3;
    private final String bucket;
    private final String prefix;
    private volatile boolean ending;

    StagedFiles(S3Client s3, String bucket, String prefix) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }

    /** Puts a file, and returns its address. */
    String put(String name, byte[] content) {
        if (ending) {
            throw new IllegalStateException("The run is being ended: no files any more");
        }
        s3.putObject(put -> put.bucket(bucket).key(prefix + name), RequestBody.fromBytes(content));
        return uri(name);
    }

    String put(String name, String content) {
        return put(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts data files as Caravan does, and a manifest of them, whose address it returns. */
    String putDataFiles(String name, String... contents) {
        for (int i = 0; i < contents.length; i++) {
            put(name + "/" + i + ".csv.zst", Zstd.compress(contents[i].getBytes(StandardCharsets.UTF_8)));
        }
        return putManifest(
                name + "/manifest.json",
                Stream.iterate(0, i -> i + 1)
                        .limit(contents.length)
                        .map(i -> name + "/" + i + ".csv.zst")
                        .toArray(String[]::new));
    }

    /** Puts a manifest of files that are there, or are not. */
    String putManifest(String name, String... files) {
        return put(
                name,
                Stream.of(files)
                        .map(file -> "{\"url\":\"" + uri(file) + "\",\"mandatory\":true}")
                        .collect(Collectors.joining(",", "{\"entries\":[", "]}")));
    }

    String uri(String name) {
        return "s3://" + bucket + "/" + prefix + name;
    }

    /** Deletes all that is under the prefix, whoever put it. */
    void deleteAll() {
        ending = true;
        s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList()
                .forEach(key -> s3.deleteObject(delete -> delete.bucket(bucket).key(key)));
    }

    @Override
    public void close() {
        s3.close();
    }
}
