package io.caravan.aws.object;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.ObjectVersion;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.RequestPayer;

/**
 * Gets parts of one object, each pinned to its ETag. A part whose connection breaks is asked for again, as the SDK does it with
 * other failures of a request.
 *
 * @param client stays the caller's to close
 * @param payer who pays for the requests; null for the bucket's owner
 */
record PartRequests(S3Client client, @Nullable RequestPayer payer, ObjectVersion version) {

    /**
     * A part.
     *
     * @param memory holds its bytes, from the first place on
     * @param length how many they are
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares parts, and the memory is used again.
    record Part(byte[] memory, int length, @Nullable String versionId) {}

    /**
     * Gets a part.
     *
     * @param from offset of its first byte
     * @param length how many bytes it has
     * @param memory has room for as many
     * @return null if the store answers something else than that part of that version; nothing of it is read then
     * @throws RetryableException if the connection breaks each time
     * @throws software.amazon.awssdk.core.exception.SdkException if the request fails otherwise
     */
    @Nullable
    Part get(long from, int length, byte[] memory) {
        String pinned = '"' + version.etag() + '"';
        String bytes = from + "-" + (from + length - 1);
        boolean isAll = length == version.sizeBytes();
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(version.bucket())
                .key(version.key())
                .ifMatch(pinned)
                .range(isAll ? null : "bytes=" + bytes)
                .requestPayer(payer)
                .build();
        String range = "bytes " + bytes + "/" + version.sizeBytes();
        try {
            return client.getObject(request, (response, content) -> {
                boolean isWanted = Long.valueOf(length).equals(response.contentLength())
                        && (isAll || range.equals(response.contentRange()))
                        // Not every store heeds the condition of the request.
                        && (response.eTag() == null || response.eTag().equals(pinned));
                if (!isWanted) {
                    content.abort();
                    return null;
                }
                read(content, memory, length);
                return new Part(memory, length, response.versionId());
            });
        } catch (software.amazon.awssdk.core.exception.RetryableException e) {
            throw new RetryableException(
                    ErrorCode.OBJECT_READ_FAILED,
                    "the connection broke at " + range + " of " + version.uri() + ": " + e.getCause(),
                    e);
        }
    }

    private static void read(AbortableInputStream content, byte[] memory, int length) {
        try {
            int read = content.readNBytes(memory, 0, length);
            if (read < length) {
                throw new IOException("it ended after " + read + " of " + length + " bytes");
            }
        } catch (IOException e) {
            // The type that makes the SDK ask again.
            throw software.amazon.awssdk.core.exception.RetryableException.create("the connection broke", e);
        }
    }
}
