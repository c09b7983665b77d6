package io.caravan.app.camel;

import static java.util.Objects.requireNonNull;

import io.caravan.app.catalog.CatalogFeed;

/**
 * Where a feed takes its shape from.
 *
 * @param source the table of the Data Catalog, and what it says
 * @param origins where each parameter came from, for people
 */
public record FeedCatalog(CatalogFeed source, String origins) {

    public FeedCatalog {
        requireNonNull(source, "source");
        requireNonNull(origins, "origins");
    }
}
