package io.caravan.sandbox.server;

import java.io.InputStream;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lists what S3 would list, and a page at the cost of a page. S3Proxy also shows the temporary file of an object that is still
 * being written, without an ETag; and it looks at all files for each page. Here a listing does that for its first page, and for
 * another only if something was stored or deleted since.
 */
final class ListedObjects extends ForwardingBlobStore {

    /** Counts what is stored and deleted, after each. */
    private final AtomicLong changes = new AtomicLong();

    private volatile @Nullable Listing latest;

    ListedObjects(BlobStore store) {
        super(store);
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        if (request.delimiter() != null && !request.delimiter().isEmpty()) {
            ListObjectsV2Response page = super.list(request);
            return page.toBuilder().contents(whole(page)).build();
        }
        Listing listing = latest;
        if (request.continuationToken() == null || listing == null || !listing.holdsFor(request, changes.get())) {
            listing = look(request.bucket(), request.prefix());
            latest = listing;
        }
        return listing.page(request);
    }

    private Listing look(String bucket, @Nullable String prefix) {
        long before = changes.get();
        NavigableMap<String, S3Object> objects = new TreeMap<>();
        ListObjectsV2Response all = super.list(
                ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).build());
        whole(all).forEach(object -> objects.put(object.key(), object));
        return new Listing(bucket, prefix, before, objects);
    }

    private static List<S3Object> whole(ListObjectsV2Response page) {
        return page.contents().stream().filter(object -> object.eTag() != null).toList();
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
        return changed(() -> super.putBlob(request, content));
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        return changed(() -> super.copyBlob(request));
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        return changed(() -> super.completeMultipartUpload(upload, request));
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        return changed(() -> super.removeBlob(request));
    }

    private <T> T changed(Supplier<T> change) {
        try {
            return change.get();
        } finally {
            changes.incrementAndGet();
        }
    }

    /**
     * What a look at all files has found.
     *
     * @param prefix null if there is none
     * @param changes how many there had been before the look
     */
    private record Listing(
            String bucket, @Nullable String prefix, long changes, NavigableMap<String, S3Object> objects) {

        boolean holdsFor(ListObjectsV2Request request, long changesUntilNow) {
            return changes == changesUntilNow
                    && bucket.equals(request.bucket())
                    && Objects.equals(prefix, request.prefix());
        }

        /** Returns all where the request says no maximum. */
        ListObjectsV2Response page(ListObjectsV2Request request) {
            String after = request.continuationToken() != null
                    ? PageToken.lastKey(request.continuationToken())
                    : request.startAfter();
            NavigableMap<String, S3Object> rest = after == null ? objects : objects.tailMap(after, false);
            int most = request.maxKeys() == null ? objects.size() : request.maxKeys();
            List<S3Object> page = rest.values().stream().limit(most).toList();
            String lastKey = page.isEmpty() ? null : page.get(page.size() - 1).key();
            boolean more = lastKey != null && !lastKey.equals(rest.lastKey());
            return ListObjectsV2Response.builder()
                    .contents(page)
                    .isTruncated(more)
                    .nextContinuationToken(more && lastKey != null ? PageToken.of(lastKey) : null)
                    .build();
        }
    }
}
