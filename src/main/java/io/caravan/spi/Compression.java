package io.caravan.spi;

/** How an object is compressed: the kinds that both Caravan and COPY read. */
public enum Compression {
    NONE,
    GZIP,
    BZIP2,
    ZSTD
}
