package io.caravan.redshift.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.feed.MergePlan;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.Mode;
import io.caravan.model.feed.Provenance;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.spi.CopyTolerance;
import io.caravan.spi.StagingTable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTest {

    private static final TableName ORDERS = TableName.parse("sales.orders");
    private static final Column ID = new Column("id", ColumnType.of(Kind.BIGINT), false, false);
    private static final Column DAY = new Column("day", ColumnType.of(Kind.DATE), false, false);
    private static final Column TOTAL = new Column("total", ColumnType.decimal(8, 2), true, false);
    private static final List<Column> COLUMNS = List.of(ID, DAY, TOTAL);
    private static final List<Column> KEYS = List.of(ID, DAY);
    private static final MergePlan PLAN = plan(MergePolicy.DEFAULT, null, null);

    @Test
    void rowsAreStagedWithTheirPlaceAndTheTargetsTypes() {
        assertThat(StagingSql.createRows(COLUMNS))
                .isEqualTo(
                        "CREATE TEMP TABLE caravan_rows (caravan_object INTEGER NOT NULL, caravan_line BIGINT NOT NULL,"
                                + " \"id\" BIGINT, \"day\" DATE, \"total\" DECIMAL(8,2))");
    }

    @Test
    void copyNamesTheFormatOfTheDataFiles() {
        assertThat(CopySql.copy(
                        StagingTable.ROWS,
                        COLUMNS,
                        "s3://stage/l1/manifest.json",
                        new CopyAccess("arn:aws:iam::1:role/r", "eu-west-1"),
                        "@1f@",
                        CopyTolerance.NONE))
                .isEqualTo(
                        """
                        COPY caravan_rows (caravan_object, caravan_line, "id", "day", "total")
                        FROM 's3://stage/l1/manifest.json'
                        IAM_ROLE 'arn:aws:iam::1:role/r' REGION 'eu-west-1'
                        MANIFEST FORMAT CSV ZSTD NULL AS '@1f@' DATEFORMAT 'auto' TIMEFORMAT 'auto' COMPUPDATE OFF STATUPDATE OFF""");
    }

    @Test
    void copyCanUseTheClustersDefaultRole() {
        assertThat(CopySql.copy(
                        StagingTable.REJECTED,
                        List.of(),
                        "s3://stage/m",
                        new CopyAccess("default", null),
                        "@1f@",
                        CopyTolerance.NONE))
                .contains(
                        "COPY caravan_rejected (caravan_object, caravan_line, column_name, error_code, reason, raw_record)\n")
                .contains("\nIAM_ROLE default\n");
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-load.html and -data-conversion.html */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ROWS     | SOME | MAXERROR 100000
                    ROWS     | ALL  | IGNOREALLERRORS
                    REJECTED | SOME | ACCEPTINVCHARS TRUNCATECOLUMNS
                    REJECTED | ALL  | ACCEPTINVCHARS TRUNCATECOLUMNS
                    """)
    void copyCanLeaveOutWhatItRefuses(StagingTable table, CopyTolerance tolerance, String option) {
        assertThat(CopySql.copy(table, COLUMNS, "s3://stage/m", new CopyAccess("default", null), "@1f@", tolerance))
                .isEqualTo(CopySql.copy(
                                table,
                                COLUMNS,
                                "s3://stage/m",
                                new CopyAccess("default", null),
                                "@1f@",
                                CopyTolerance.NONE)
                        + " " + option);
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/SYS_LOAD_ERROR_DETAIL.html */
    @Test
    void whatCopyLeftOutIsAskedForByDataFile() {
        assertThat(CopySql.readRefused())
                .isEqualTo(
                        "SELECT TRIM(file_name), line_number, TRIM(column_name), error_code, TRIM(error_message)"
                                + " FROM sys_load_error_detail WHERE file_name LIKE ? ORDER BY file_name, line_number, position");
        assertThat(SqlText.startingWith("s3://b/50%_\\x/")).isEqualTo("s3://b/50\\%\\_\\\\x/%");
    }

    @Test
    void aRowIsNotBothRejectedAndStaged() {
        assertThat(StagingSql.readLines()).isEqualTo("SELECT caravan_line FROM caravan_rows WHERE caravan_object = ?");
        assertThat(StagingSql.deleteStagedFromRejected())
                .isEqualTo(
                        """
                        DELETE FROM caravan_rejected USING caravan_rows
                        WHERE caravan_rejected.caravan_object = caravan_rows.caravan_object AND caravan_rejected.caravan_line = caravan_rows.caravan_line""");
    }

    @Test
    void rowsCanBeStagedByInsert() {
        assertThat(StagingSql.insert(StagingTable.ROWS, COLUMNS))
                .isEqualTo("INSERT INTO caravan_rows (caravan_object, caravan_line, \"id\", \"day\", \"total\")"
                        + " VALUES (?, ?, ?, ?, ?)");
    }

    @Test
    void theLastRowOfAKeySupersedesTheOthers() {
        assertThat(SupersededSql.create(PLAN))
                .isEqualTo(
                        """
                        CREATE TEMP TABLE caravan_superseded AS SELECT caravan_object, caravan_line
                        FROM (SELECT caravan_object, caravan_line, ROW_NUMBER() OVER (PARTITION BY "id", "day" ORDER BY caravan_object DESC, caravan_line DESC) AS caravan_rank FROM caravan_rows) AS ranked
                        WHERE caravan_rank > 1""");
        assertThat(SupersededSql.delete())
                .isEqualTo(
                        """
                        DELETE FROM caravan_rows USING caravan_superseded
                        WHERE caravan_rows.caravan_object = caravan_superseded.caravan_object AND caravan_rows.caravan_line = caravan_superseded.caravan_line""");
    }

    @Test
    void changesAreTheRowsThatAreNewOrDifferNullEqualToNull() {
        assertThat(ChangesSql.create(PLAN))
                .isEqualTo(
                        """
                        CREATE TEMP TABLE caravan_changes AS SELECT s.caravan_object, s.caravan_line, s."id", s."day", s."total", CASE WHEN t."id" IS NOT NULL THEN 2 ELSE 1 END AS caravan_action
                        FROM caravan_rows AS s LEFT JOIN "sales"."orders" AS t ON t."id" = s."id" AND t."day" = s."day"
                        WHERE CASE WHEN t."id" IS NOT NULL AND (t."total" = s."total" OR (t."total" IS NULL AND s."total" IS NULL)) THEN 0 ELSE 1 END = 1""");
    }

    @Test
    void mergeMatchesOnEveryKeyAndUpdatesTheRest() {
        assertThat(MergeSql.merge(PLAN))
                .isEqualTo(
                        """
                        MERGE INTO "sales"."orders"
                        USING caravan_changes
                        ON "sales"."orders"."id" = caravan_changes."id" AND "sales"."orders"."day" = caravan_changes."day"
                        WHEN MATCHED THEN UPDATE SET "total" = caravan_changes."total"
                        WHEN NOT MATCHED THEN INSERT ("id", "day", "total") VALUES (caravan_changes."id", caravan_changes."day", caravan_changes."total")""");
    }

    @Test
    void mergeOfATableOfKeysSetsAKeyToItself() {
        MergePlan keysOnly = new MergePlan(
                "l1",
                ORDERS,
                KEYS,
                KEYS,
                List.of(),
                MergePolicy.DEFAULT,
                null,
                null,
                false,
                Provenance.NONE,
                Instant.EPOCH,
                false);

        assertThat(MergeSql.merge(keysOnly)).contains("WHEN MATCHED THEN UPDATE SET \"id\" = caravan_changes.\"id\"\n");
    }

    @Test
    void namesAndLiteralsCannotEndTheirQuotes() {
        assertThat(SqlText.quote("a\"; DROP TABLE x; --")).isEqualTo("\"a\"\"; DROP TABLE x; --\"");
        assertThat(SqlText.literal("it's a \\ slash")).isEqualTo("'it''s a \\\\ slash'");
    }

    static MergePlan plan(MergePolicy policy, @Nullable Column sequence, @Nullable Column deleted) {
        return new MergePlan(
                "l1",
                ORDERS,
                COLUMNS,
                KEYS,
                List.of(),
                policy,
                sequence,
                deleted,
                policy.mode() == Mode.CHANGES,
                Provenance.NONE,
                Instant.parse("2026-01-02T03:04:05Z"),
                false);
    }
}
