package io.caravan.spi.catalog;

import io.caravan.model.catalog.CatalogConnection;

/** The connections that AWS Glue keeps. */
@FunctionalInterface
public interface CatalogConnections {

    /**
     * Returns a connection.
     *
     * @param withPassword whether its password is wanted, which takes the use of the key that encrypts it
     * @throws io.caravan.base.InvalidConfigurationException if there is none of this name, or Caravan may not see it
     * @throws io.caravan.base.RetryableException if Glue cannot be asked now
     */
    CatalogConnection find(String name, boolean withPassword);
}
