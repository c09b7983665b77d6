package io.caravan.redshift;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.Provenance;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetSum;
import io.caravan.redshift.connection.ConnectionSettings;
import io.caravan.spi.LoadSession;
import io.caravan.testing.FeedBuilder;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a table comes to is another number after every change, however wide the table is. */
@ExtendWith(SandboxExtension.class)
final class SumIT {

    private static final int COLUMNS = 260;

    private static final TableName TARGET = new TableName("public", "summed");

    private final TestSandbox sandbox;

    SumIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void noTwoStatesOfAWideTableComeToTheSame() throws SQLException {
        List<Column> columns = IntStream.range(0, COLUMNS)
                .mapToObj(i -> new Column(
                        "c" + i, i % 5 == 1 ? ColumnType.varchar(9) : ColumnType.of(Kind.INTEGER), i > 0, false))
                .toList();
        sandbox.execute("CREATE TABLE " + TARGET + " ("
                + columns.stream()
                        .map(column -> column.name() + " " + column.type().sql())
                        .collect(joining(", "))
                + ")");
        for (int row = 1; row <= 3; row++) {
            sandbox.execute("INSERT INTO " + TARGET + " (c0, c1, c2, c150, c259) VALUES (" + row + ", 'r" + row + "', "
                    + row + ", " + row + ", " + row + ")");
        }
        List<TargetSum> sums = new ArrayList<>();
        try (RedshiftWarehouse warehouse = new RedshiftWarehouse(
                        new ConnectionSettings(
                                sandbox.url(),
                                sandbox.sandbox().user(),
                                sandbox.sandbox().password(),
                                1,
                                null),
                        false);
                LoadSession session = warehouse.open(feed())) {
            session.staging().begin(plan(columns));
            sums.add(session.target().sumTarget());
            session.staging().endPrivatePart();
            for (String change : List.of(
                    "SET c259 = CASE c0 WHEN 1 THEN 2 ELSE 1 END WHERE c0 <= 2",
                    "SET c2 = CASE c0 WHEN 1 THEN 2 ELSE 1 END WHERE c0 <= 2",
                    "SET c150 = NULL WHERE c0 = 3",
                    "SET c151 = '' WHERE c0 = 3",
                    "SET c151 = ' ' WHERE c0 = 3",
                    "SET c1 = 'r1 ' WHERE c0 = 1")) {
                sandbox.execute("UPDATE " + TARGET + " " + change);
                sums.add(session.target().sumTarget());
                session.staging().endPrivatePart();
            }
        }
        Set<TargetSum> distinct = new HashSet<>(sums);
        assertThat(distinct).hasSameSizeAs(sums);
        assertThat(sums).extracting(TargetSum::rows).containsOnly(3L);
    }

    private static MergePlan plan(List<Column> columns) {
        return new MergePlan(
                "l1",
                TARGET,
                columns,
                columns.subList(0, 1),
                List.of(),
                MergePolicy.DEFAULT,
                null,
                null,
                false,
                Provenance.NONE,
                Instant.EPOCH,
                false);
    }

    private static Feed feed() {
        return new FeedBuilder().into(TARGET, "c0").build();
    }
}
