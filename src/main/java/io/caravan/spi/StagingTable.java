package io.caravan.spi;

/** The staging tables of a load. All begin with the object's number in the load, from 1, and the line number. */
public enum StagingTable {
    /** Valid rows: the loaded columns follow. */
    ROWS("caravan_rows"),
    /**
     * Rejected rows: column name, error code, reason and raw record follow; then their matching keys, if the load deletes
     * the rows that its object lacks.
     */
    REJECTED("caravan_rejected"),
    /**
     * The dead letters that the rows are made of, only in a replay: load and position follow, with the dead letter's own
     * line.
     */
    REPLAYED("caravan_replayed"),
    /** Rows of the target that a snapshot lacks, only where unchanged rows are not staged: the hash of the keys follows. */
    UNSEEN("caravan_unseen"),
    /** Repaired values, only if there are some: column name, repair and original text follow. */
    REPAIRED("caravan_repaired");

    private final String tableName;

    StagingTable(String tableName) {
        this.tableName = tableName;
    }

    /** Returns the table's name; lower case. */
    public String tableName() {
        return tableName;
    }
}
