package io.caravan.spi;

/** The two staging tables of a load. Both begin with the object's number in the load, from 1, and the line number. */
public enum StagingTable {
    /** Valid rows: the loaded columns follow. */
    ROWS("caravan_rows"),
    /** Rejected rows: column name, error code, reason and raw record follow. */
    REJECTED("caravan_rejected");

    private final String tableName;

    StagingTable(String tableName) {
        this.tableName = tableName;
    }

    /** Returns the table's name; lower case. */
    public String tableName() {
        return tableName;
    }
}
