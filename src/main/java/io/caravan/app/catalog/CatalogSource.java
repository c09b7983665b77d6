package io.caravan.app.catalog;

import io.caravan.aws.catalog.GlueConnection;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RetryableException;
import io.caravan.model.catalog.CatalogName;
import io.caravan.model.catalog.CatalogPartition;
import io.caravan.model.catalog.CatalogTable;
import io.caravan.spi.catalog.DataCatalog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the Data Catalog for the tables that feeds name; connects when the first of them does. Used by one thread. */
public final class CatalogSource implements AutoCloseable {

    /** By their locations it is seen how all of them lie. */
    private static final int PARTITIONS = 100;

    private final boolean isOnline;
    private @Nullable GlueConnection glue;

    private CatalogSource(boolean isOnline) {
        this.isOnline = isOnline;
    }

    /** Returns one that asks. */
    public static CatalogSource online() {
        return new CatalogSource(true);
    }

    /** Returns one that says of every table that it was not asked for. */
    public static CatalogSource offline() {
        return new CatalogSource(false);
    }

    /**
     * Returns what a table says of a feed.
     *
     * @throws InvalidConfigurationException if there is no such table, Caravan may not see it, or no feed can serve it
     * @throws RetryableException if the catalog cannot be asked now
     */
    public CatalogFeed feed(CatalogName name) {
        if (!isOnline) {
            throw new RetryableException(
                    ErrorCode.CATALOG_UNREACHABLE, "the Data Catalog was not asked for the table " + name);
        }
        DataCatalog catalog = connection().tables();
        CatalogTable table = catalog.find(name)
                .orElseThrow(() -> new InvalidConfigurationException(
                        ErrorCode.CATALOG_TABLE_NOT_FOUND,
                        "there is no table " + name + " in the Data Catalog; check its name and AWS_REGION"));
        List<CatalogPartition> partitions =
                table.partitionKeys().isEmpty() ? List.of() : catalog.partitions(name, PARTITIONS);
        return TableParameters.of(table, partitions);
    }

    private GlueConnection connection() {
        if (glue == null) {
            glue = new GlueConnection();
        }
        return glue;
    }

    @Override
    public void close() {
        if (glue != null) {
            glue.close();
        }
    }
}
