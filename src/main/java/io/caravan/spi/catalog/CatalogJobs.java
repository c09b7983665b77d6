package io.caravan.spi.catalog;

import io.caravan.model.catalog.CatalogJob;

/** The jobs that AWS Glue keeps. */
@FunctionalInterface
public interface CatalogJobs {

    /**
     * Returns a job as its visual definition has it; without one only its script is known.
     *
     * @throws io.caravan.base.InvalidConfigurationException if there is none of this name, or Caravan may not see it
     * @throws io.caravan.base.RetryableException if Glue cannot be asked now
     */
    CatalogJob find(String name);
}
