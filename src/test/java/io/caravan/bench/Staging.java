package io.caravan.bench;

/** How {@code caravan load} brings rows into its staging table. */
enum Staging {
    COPY,
    INSERT
}
