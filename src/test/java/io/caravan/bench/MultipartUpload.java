package io.caravan.bench;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Stores what is written to it as one object; the object is there when the stream is closed. */
final class MultipartUpload extends OutputStream {

    private static final int PART_BYTES = 16 << 20;

    private final S3Client s3;
    private final String bucket;
    private final String key;
    private final String id;
    private final List<CompletedPart> parts = new ArrayList<>();
    private final byte[] part = new byte[PART_BYTES];
    private int size;

    MultipartUpload(S3Client s3, String bucket, String key) {
        this.s3 = s3;
        this.bucket = bucket;
        this.key = key;
        this.id = s3.createMultipartUpload(create -> create.bucket(bucket).key(key))
                .uploadId();
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        for (int done = 0; done < length; ) {
            int count = Math.min(length - done, PART_BYTES - size);
            System.arraycopy(bytes, offset + done, part, size, count);
            size += count;
            done += count;
            if (size == PART_BYTES) {
                send();
            }
        }
    }

    @Override
    public void close() {
        if (size > 0) {
            send();
        }
        s3.completeMultipartUpload(
                complete -> complete.bucket(bucket).key(key).uploadId(id).multipartUpload(all -> all.parts(parts)));
    }

    private void send() {
        int number = parts.size() + 1;
        byte[] content = size == PART_BYTES ? part : Arrays.copyOf(part, size);
        String etag = s3.uploadPart(
                        upload -> upload.bucket(bucket).key(key).uploadId(id).partNumber(number),
                        RequestBody.fromBytes(content))
                .eTag();
        parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
        size = 0;
    }
}
