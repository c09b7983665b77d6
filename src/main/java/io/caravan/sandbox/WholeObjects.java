package io.caravan.sandbox;

import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Lists no object that is still being written: in S3 there is none. S3Proxy shows its temporary file, without an ETag. */
final class WholeObjects extends ForwardingBlobStore {

    WholeObjects(BlobStore store) {
        super(store);
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        ListObjectsV2Response page = super.list(request);
        return page.toBuilder()
                .contents(page.contents().stream()
                        .filter(object -> object.eTag() != null)
                        .toList())
                .build();
    }
}
