package io.caravan.load.preview;

import io.caravan.model.ObjectVersion;
import io.caravan.spi.ObjectReader;

/**
 * Content that is previewed as if it were an object of the store.
 *
 * @param version the object that it would be
 * @param reader opens it
 */
public record PreviewedFile(ObjectVersion version, ObjectReader reader) {}
