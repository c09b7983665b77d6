package io.caravan.redshift.sql;

import static io.caravan.redshift.sql.SqlText.literal;
import static io.caravan.redshift.sql.StagingSql.stagedColumns;

import io.caravan.model.table.Column;
import io.caravan.spi.CopyTolerance;
import io.caravan.spi.StagingTable;
import java.util.List;

/**
 * The SQL statements around COPY of data files, as text. COPY takes no parameters, so its values are literals.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_COPY.html">COPY</a>
 */
public final class CopySql {

    private CopySql() {}

    /**
     * The data files' format is the one that {@link io.caravan.spi.DataFiles} names.
     *
     * @param columns as {@link StagingSql#insert} has them
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-load.html">MAXERROR</a>
     */
    public static String copy(
            StagingTable table,
            List<Column> columns,
            String manifest,
            CopyAccess access,
            String nullMarker,
            CopyTolerance tolerance) {
        return "COPY " + table.tableName() + " (" + String.join(", ", stagedColumns(table, columns)) + ")\n"
                + "FROM " + literal(manifest) + "\n"
                + access.sql() + "\n"
                + "MANIFEST FORMAT CSV ZSTD NULL AS " + literal(nullMarker)
                + " DATEFORMAT 'auto' TIMEFORMAT 'auto' COMPUPDATE OFF STATUPDATE OFF" + tolerance(table, tolerance);
    }

    /** Rejected rows and repaired values are for people: rather than be left out, what COPY refuses in them is replaced or cut. */
    private static String tolerance(StagingTable table, CopyTolerance tolerance) {
        if (tolerance == CopyTolerance.NONE) {
            return "";
        }
        if (table == StagingTable.REJECTED || table == StagingTable.REPAIRED) {
            return " ACCEPTINVCHARS TRUNCATECOLUMNS";
        }
        return tolerance == CopyTolerance.SOME ? " MAXERROR 100000" : " IGNOREALLERRORS";
    }

    /**
     * Selects by the names of the data files, which belong to one load: the query that pg_last_copy_id() names
     * <a href="https://docs.aws.amazon.com/redshift/latest/dg/cm_chap_system-tables.html">has another number in SYS
     * views</a>.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/SYS_LOAD_ERROR_DETAIL.html">SYS_LOAD_ERROR_DETAIL</a>,
     *     which both kinds of Redshift have
     */
    public static String readRefused() {
        return "SELECT TRIM(file_name), line_number, TRIM(column_name), error_code, TRIM(error_message)"
                + " FROM sys_load_error_detail WHERE file_name LIKE ? ORDER BY file_name, line_number, position";
    }
}
