package io.caravan.spi;

import io.caravan.model.catalog.CatalogName;
import io.caravan.model.catalog.CatalogPartition;
import io.caravan.model.catalog.CatalogTable;
import java.util.List;
import java.util.Optional;

/**
 * Where the shapes of tables are kept that others read.
 *
 * <p>Every method throws {@link io.caravan.base.RetryableException} if it cannot be reached, fails, or somebody else has changed
 * the same at the same time; and {@link io.caravan.base.InvalidConfigurationException} if it refuses.
 */
public interface DataCatalog {

    /** Returns a table; empty if there is none. */
    Optional<CatalogTable> find(CatalogName name);

    /**
     * Returns partitions of a table.
     *
     * @param most so many at most
     */
    List<CatalogPartition> partitions(CatalogName name, int most);

    /** Makes a database unless it is there. */
    void requireDatabase(String name);

    /** Makes a table that is not there. */
    void create(CatalogTable table);

    /**
     * Changes a table, if it is still as it was; what {@link CatalogTable} does not know of it stays.
     *
     * @param table as it is to be, with the version that it was
     * @param keepsOld whether the state before is kept as a version
     */
    void update(CatalogTable table, boolean keepsOld);

    /** Makes partitions, each with the columns and the SerDe of the table; those that are there stay as they are. */
    void add(CatalogTable table, List<CatalogPartition> partitions);

    /** Gives partitions that are there the columns and the SerDe of the table. */
    void update(CatalogTable table, List<CatalogPartition> partitions);
}
