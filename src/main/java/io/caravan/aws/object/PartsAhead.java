package io.caravan.aws.object;

import io.caravan.aws.object.PartRequests.Part;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectReader;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * An object whose parts are being got.
 *
 * @param inOne opens it by one request, which does without ranges, if the store does not know them
 */
record PartsAhead(ObjectVersion version, ObjectParts parts, Supplier<Optional<ObjectBody>> inOne)
        implements ObjectReader.Ahead {

    @Override
    public Optional<ObjectBody> open() {
        boolean opened = false;
        try {
            @Nullable Part first = parts.first();
            if (first == null) {
                return inOne.get();
            }
            ObjectBody body = S3ObjectBody.open(version, parts, first.versionId());
            opened = true;
            return Optional.of(body);
        } catch (SdkException e) {
            S3Failure failure = new S3Failure(e, S3Action.READ, version.bucket(), version.key());
            if (failure.changedOrGone()) {
                return Optional.empty();
            }
            throw failure.exception();
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    @Override
    public void close() {
        parts.close();
    }
}
