package io.caravan.redshift.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.NewTable;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableSqlTest {

    private static final TableName ORDERS = TableName.parse("sales.orders");
    private static final Column ID = new Column("id", ColumnType.of(Kind.BIGINT), false, false);
    private static final Column DAY = new Column("day", ColumnType.of(Kind.DATE), true, false);
    private static final Column NOTE = new Column("a \"note\"", ColumnType.varchar(32), true, false);
    private static final Column WEIGHT = new Column("weight", ColumnType.of(Kind.DOUBLE), true, false);
    private static final TargetTable SHAPE = new TargetTable(ORDERS, List.of(ID, DAY, NOTE, WEIGHT));

    @Test
    void aTableIsCreatedUnlessItIsThere() {
        assertThat(TableSql.create(new NewTable(SHAPE, null, List.of())))
                .isEqualTo("CREATE TABLE IF NOT EXISTS \"sales\".\"orders\" (\"id\" BIGINT NOT NULL, \"day\" DATE,"
                        + " \"a \"\"note\"\"\" VARCHAR(32), \"weight\" DOUBLE PRECISION)");
    }

    @Test
    void aTableIsDistributedByOneColumnAndSortedBySeveral() {
        assertThat(TableSql.create(new NewTable(new TargetTable(ORDERS, List.of(ID, DAY)), ID, List.of(DAY, ID))))
                .isEqualTo("CREATE TABLE IF NOT EXISTS \"sales\".\"orders\" (\"id\" BIGINT NOT NULL, \"day\" DATE)"
                        + " DISTSTYLE KEY DISTKEY (\"id\") SORTKEY (\"day\", \"id\")");
    }

    @Test
    void aColumnIsAddedThatMayBeNull() {
        assertThat(TableSql.addColumn(ORDERS, NOTE))
                .isEqualTo("ALTER TABLE \"sales\".\"orders\" ADD COLUMN \"a \"\"note\"\"\" VARCHAR(32)");
    }

    @Test
    void aColumnIsMadeLonger() {
        assertThat(TableSql.widen(ORDERS, "name", ColumnType.varchar(64)))
                .isEqualTo("ALTER TABLE \"sales\".\"orders\" ALTER COLUMN \"name\" TYPE VARCHAR(64)");
    }
}
