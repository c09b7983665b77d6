package io.caravan.spi;

import io.caravan.model.NamedObject;
import io.caravan.model.ObjectVersion;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The object store that feeds read from. Safe for use by several threads. */
public interface ObjectStore extends ObjectReader {

    /**
     * Shows every object under a prefix, all pages of it, in the store's order. Folder markers (empty objects whose key ends
     * in a slash) are left out.
     *
     * @param prefix may be empty
     * @throws io.caravan.base.InvalidConfigurationException if the bucket does not exist or may not be listed
     * @throws io.caravan.base.RetryableException if the store cannot be reached or fails
     */
    void list(String bucket, String prefix, Consumer<ObjectVersion> action);

    /**
     * Asks for one object under a prefix, to see whether the bucket can be listed.
     *
     * @throws io.caravan.base.InvalidConfigurationException if the bucket does not exist or may not be listed
     * @throws io.caravan.base.RetryableException if the store cannot be reached or fails
     */
    void probe(String bucket, String prefix);

    /**
     * Returns the folders directly below a prefix: the parts of keys up to the first slash after the prefix. If there are
     * very many, returns some of them. Keys without a slash after the prefix are in no folder.
     *
     * @return each ends in a slash
     * @throws io.caravan.base.InvalidConfigurationException if the bucket does not exist or may not be listed
     * @throws io.caravan.base.RetryableException if the store cannot be reached or fails
     */
    List<String> folders(String bucket, String prefix);

    /**
     * Reads the end of exactly this version, as it is stored.
     *
     * @param bytes the greatest number of bytes; fewer are returned if the object is shorter
     * @return empty if the object has changed or gone since it was listed
     * @throws io.caravan.base.RetryableException if the store cannot be reached or fails
     */
    Optional<byte[]> readEnd(ObjectVersion version, int bytes);

    /**
     * Reads the entries of an object that may be a manifest, as
     * <a href="https://docs.aws.amazon.com/redshift/latest/dg/loading-data-files-using-manifest.html">COPY and UNLOAD</a>
     * have it.
     *
     * @return empty if it is no manifest
     * @throws io.caravan.base.RetryableException if it has changed or gone since it was listed, or the store cannot be
     *     reached or fails
     */
    default Optional<List<NamedObject>> findNamed(ObjectVersion version) {
        return Optional.empty();
    }

    /**
     * Opens exactly this version.
     *
     * @return the object's content; empty if the object has changed or gone since it was listed
     * @throws io.caravan.base.RetryableException if the store cannot be reached or fails
     * @throws io.caravan.base.RejectedObjectException if the object says that it is compressed, and is not
     */
    @Override
    Optional<ObjectBody> open(ObjectVersion version);

    /**
     * Gives exactly this version a tag, beside those that it has.
     *
     * @return false if the object has changed or gone since it was listed; it is left alone then
     * @throws io.caravan.base.CaravanException if the store refuses, cannot be reached or fails
     */
    boolean tag(ObjectVersion version, String name, String value);

    /**
     * Copies exactly this version to another key of its bucket. If another object is there, the copy's key also has the ETag at
     * its end.
     *
     * @return false if the object has changed or gone since it was listed; nothing is copied then
     * @throws io.caravan.base.CaravanException if the store refuses, cannot be reached or fails
     */
    boolean copy(ObjectVersion version, String key);

    /**
     * Deletes exactly this version. In a bucket that keeps versions it stays as an earlier one.
     *
     * @return false if the object has changed or gone since it was listed; it is left alone then
     * @throws io.caravan.base.CaravanException if the store refuses, cannot be reached or fails
     */
    boolean delete(ObjectVersion version);

    /** Opens exactly this version, and also computes the MD5 of its bytes. */
    Optional<ObjectBody> openWithMd5(ObjectVersion version);
}
