package io.caravan.aws.object;

import io.caravan.model.ObjectVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.RequestPayer;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;

/**
 * Changes objects, each only as long as it is the version that is meant. Not every store heeds the condition of each request, so
 * the object is looked at before, too.
 *
 * @param client stays the caller's to close
 * @param payer who pays for the requests; null for the bucket's owner
 * @param largestCopy most bytes that one request copies
 * @param partBytes how many bytes of a larger object are copied at a time
 */
record PinnedObjects(S3Client client, @Nullable RequestPayer payer, long largestCopy, long partBytes) {

    /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html">CopyObject</a>'s own. */
    private static final long LARGEST_COPY = 5L << 30;

    private static final long PART_BYTES = 1L << 30;

    PinnedObjects(S3Client client, @Nullable RequestPayer payer) {
        this(client, payer, LARGEST_COPY, PART_BYTES);
    }

    boolean tag(ObjectVersion version, String name, String value) {
        return changed(version, S3Action.TAG, () -> {
            Optional<HeadObjectResponse> there = look(version);
            if (there.isEmpty()) {
                return false;
            }
            @Nullable String versionId = there.get().versionId();
            List<Tag> tags = new ArrayList<>(tags(version, versionId));
            Tag wanted = Tag.builder().key(name).value(value).build();
            if (!tags.contains(wanted)) {
                tags.removeIf(tag -> tag.key().equals(name));
                tags.add(wanted);
                put(version, versionId, tags);
            }
            // There is no condition for tags: what came in between is not the version that is meant.
            if (versionId == null && look(version).isEmpty()) {
                List<Tag> others = new ArrayList<>(tags(version, null));
                if (others.remove(wanted)) {
                    put(version, null, others);
                }
                return false;
            }
            return true;
        });
    }

    private List<Tag> tags(ObjectVersion version, @Nullable String versionId) {
        return client.getObjectTagging(get -> get.bucket(version.bucket())
                        .key(version.key())
                        .versionId(versionId)
                        .requestPayer(payer))
                .tagSet();
    }

    private void put(ObjectVersion version, @Nullable String versionId, List<Tag> tags) {
        client.putObjectTagging(put -> put.bucket(version.bucket())
                .key(version.key())
                .versionId(versionId)
                .tagging(tagging -> tagging.tagSet(tags))
                .requestPayer(payer));
    }

    boolean copy(ObjectVersion version, String key) {
        return changed(version, S3Action.COPY, () -> {
            Optional<HeadObjectResponse> there = look(version);
            if (there.isEmpty()) {
                return false;
            }
            Optional<HeadObjectResponse> other = look(version.bucket(), key, null);
            boolean isThere = other.filter(object -> pinned(version).equals(object.eTag())
                            && Long.valueOf(version.sizeBytes()).equals(object.contentLength()))
                    .isPresent();
            if (!isThere) {
                copy(version, there.get(), other.isEmpty() ? key : key + "." + version.etag());
            }
            return true;
        });
    }

    private void copy(ObjectVersion version, HeadObjectResponse source, String key) {
        if (version.sizeBytes() > largestCopy) {
            copyInParts(version, source, key);
            return;
        }
        client.copyObject(copy -> copy.sourceBucket(version.bucket())
                .sourceKey(version.key())
                .sourceVersionId(source.versionId())
                .copySourceIfMatch(pinned(version))
                .destinationBucket(version.bucket())
                .destinationKey(key)
                .requestPayer(payer));
    }

    private void copyInParts(ObjectVersion version, HeadObjectResponse source, String key) {
        String upload = client.createMultipartUpload(create -> create.bucket(version.bucket())
                        .key(key)
                        .contentType(source.contentType())
                        .contentEncoding(source.contentEncoding())
                        .metadata(source.metadata())
                        .requestPayer(payer))
                .uploadId();
        try {
            List<CompletedPart> parts = new ArrayList<>();
            for (long from = 0; from < version.sizeBytes(); from += partBytes) {
                parts.add(copyPart(version, source, key, upload, parts.size() + 1, from));
            }
            client.completeMultipartUpload(complete -> complete.bucket(version.bucket())
                    .key(key)
                    .uploadId(upload)
                    .multipartUpload(all -> all.parts(parts))
                    .requestPayer(payer));
        } catch (SdkException e) {
            abort(version, key, upload, e);
            throw e;
        }
    }

    private CompletedPart copyPart(
            ObjectVersion version, HeadObjectResponse source, String key, String upload, int number, long from) {
        long last = Math.min(from + partBytes, version.sizeBytes()) - 1;
        UploadPartCopyResponse copied = client.uploadPartCopy(copy -> copy.sourceBucket(version.bucket())
                .sourceKey(version.key())
                .sourceVersionId(source.versionId())
                .copySourceIfMatch(pinned(version))
                .copySourceRange("bytes=" + from + "-" + last)
                .destinationBucket(version.bucket())
                .destinationKey(key)
                .uploadId(upload)
                .partNumber(number)
                .requestPayer(payer));
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(copied.copyPartResult().eTag())
                .build();
    }

    private void abort(ObjectVersion version, String key, String upload, SdkException reason) {
        try {
            client.abortMultipartUpload(abort ->
                    abort.bucket(version.bucket()).key(key).uploadId(upload).requestPayer(payer));
        } catch (SdkException e) {
            reason.addSuppressed(e);
        }
    }

    boolean delete(ObjectVersion version) {
        return changed(version, S3Action.TAKE_AWAY, () -> {
            if (look(version).isEmpty()) {
                return false;
            }
            client.deleteObject(delete -> delete.bucket(version.bucket())
                    .key(version.key())
                    .ifMatch(pinned(version))
                    .requestPayer(payer));
            return true;
        });
    }

    private Optional<HeadObjectResponse> look(ObjectVersion version) {
        return look(version.bucket(), version.key(), pinned(version));
    }

    /**
     * Looks at an object.
     *
     * @param etag quoted; null for any
     * @return empty if there is none such
     */
    private Optional<HeadObjectResponse> look(String bucket, String key, @Nullable String etag) {
        try {
            return Optional.of(client.headObject(
                    head -> head.bucket(bucket).key(key).ifMatch(etag).requestPayer(payer)));
        } catch (SdkException e) {
            S3Failure failure = new S3Failure(e, S3Action.READ, bucket, key);
            if (failure.changedOrGone()) {
                return Optional.empty();
            }
            throw failure.exception();
        }
    }

    private static String pinned(ObjectVersion version) {
        return '"' + version.etag() + '"';
    }

    private static boolean changed(ObjectVersion version, S3Action action, BooleanSupplier change) {
        try {
            return change.getAsBoolean();
        } catch (SdkException e) {
            S3Failure failure = new S3Failure(e, action, version.bucket(), version.key());
            if (failure.changedOrGone()) {
                return false;
            }
            throw failure.exception();
        }
    }
}
