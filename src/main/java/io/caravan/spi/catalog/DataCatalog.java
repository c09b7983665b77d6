package io.caravan.spi.catalog;

import io.caravan.model.catalog.CatalogName;
import io.caravan.model.catalog.CatalogPartition;
import io.caravan.model.catalog.CatalogTable;
import java.util.List;
import java.util.Optional;

/**
 * A catalog of table definitions for other readers, such as the AWS Glue Data Catalog.
 *
 * <p>Every method throws {@link io.caravan.base.RetryableException} if the catalog cannot be reached or fails, or if
 * somebody else has changed the same table at the same time; and {@link io.caravan.base.InvalidConfigurationException} if
 * the catalog refuses the request.
 */
public interface DataCatalog {

    /** Returns a table; empty if there is none. */
    Optional<CatalogTable> find(CatalogName name);

    /**
     * Returns partitions of a table.
     *
     * @param most the greatest number of partitions to return
     */
    List<CatalogPartition> partitions(CatalogName name, int most);

    /** Creates a database unless it exists. */
    void requireDatabase(String name);

    /** Creates a table that does not exist yet. */
    void create(CatalogTable table);

    /**
     * Changes a table, if nobody else has changed it; properties that {@link CatalogTable} does not have stay as they are.
     *
     * @param table the new definition, with the version of the definition that it replaces
     * @param keepsOld whether the catalog keeps the old definition as a version
     */
    void update(CatalogTable table, boolean keepsOld);

    /** Creates partitions, each with the columns and the SerDe of the table; existing ones stay as they are. */
    void add(CatalogTable table, List<CatalogPartition> partitions);

    /** Gives existing partitions the columns and the SerDe of the table. */
    void update(CatalogTable table, List<CatalogPartition> partitions);
}
