package io.caravan.sandbox.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The objects that COPY reads. */
public interface SourceObjects {

    /** Where all buckets are. */
    String REGION = "us-east-1";

    /** Returns the keys that begin with the prefix, in order. */
    List<String> keys(String bucket, String prefix);

    /** Opens an object as it is stored; empty if there is none. */
    Optional<InputStream> open(String bucket, String key) throws IOException;
}
