package io.caravan.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.ChangeCounts;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.Provenance;
import io.caravan.model.table.Column;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.redshift.connection.ConnectionSettings;
import io.caravan.spi.LoadSession;
import io.caravan.spi.StagingInsert;
import io.caravan.spi.StagingTable;
import io.caravan.testing.FeedBuilder;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SandboxExtension.class)
final class FindChangesIT {

    private static final TableName TARGET = new TableName("public", "changes_target");
    private static final Feed FEED = new FeedBuilder().into(TARGET, "id").build();

    private final TestSandbox sandbox;
    private final RedshiftWarehouse warehouse;

    FindChangesIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
        this.warehouse = new RedshiftWarehouse(
                new ConnectionSettings(
                        sandbox.url(),
                        sandbox.sandbox().user(),
                        sandbox.sandbox().password(),
                        1,
                        null),
                false);
    }

    @BeforeEach
    void createTarget() throws SQLException {
        sandbox.execute(
                "DROP TABLE IF EXISTS " + TARGET,
                "CREATE TABLE " + TARGET + " (id INTEGER NOT NULL, name VARCHAR(20))");
    }

    @AfterEach
    void disconnect() {
        warehouse.close();
    }

    @Test
    void aKeyThatTheTargetHoldsTwiceIsFoundAmongTheUpdated() throws SQLException {
        sandbox.execute("INSERT INTO " + TARGET + " VALUES (1, 'a'), (1, 'b'), (2, 'c')");

        assertThatThrownBy(() -> changes("1", "new", "3", "new"))
                .isInstanceOfSatisfying(InvalidConfigurationException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_KEYS_REPEAT);
                });
    }

    @Test
    void aKeyThatTheTargetHoldsTwiceIsFoundThoughOneOfItsRowsIsEqual() throws SQLException {
        sandbox.execute("INSERT INTO " + TARGET + " VALUES (1, 'a'), (1, 'b'), (2, 'c')");

        assertThatThrownBy(() -> changes("1", "a"))
                .isInstanceOfSatisfying(InvalidConfigurationException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_KEYS_REPEAT);
                });
    }

    @Test
    void aKeyThatTheTargetHoldsTwiceIsNoMatterForOthers() throws SQLException {
        sandbox.execute("INSERT INTO " + TARGET + " VALUES (1, 'a'), (1, 'b'), (2, 'c')");

        assertThat(changes("3", "new", "4", "new")).containsExactly(Map.entry(1, new ChangeCounts(2, 0, 0, 0, 0)));
    }

    @Test
    void unchangedRowsAreNeitherInsertedNorUpdated() throws SQLException {
        sandbox.execute("INSERT INTO " + TARGET + " VALUES (1, 'a'), (2, 'b')");

        assertThat(changes("1", "a", "2", "new", "3", "new"))
                .containsExactly(Map.entry(1, new ChangeCounts(1, 1, 0, 0, 0)));
    }

    /** Stages rows of two values, as object 1, and compares them with the target. */
    private Map<Integer, ChangeCounts> changes(String... values) {
        TargetTable target = warehouse.describe(TARGET);
        List<Column> keys = List.of(target.column("id").orElseThrow());
        try (LoadSession session = warehouse.open(FEED)) {
            session.staging().begin(plan(target, keys));
            StagingInsert rows = session.staging().insert(StagingTable.ROWS);
            for (int i = 0; i < values.length; i += 2) {
                rows.field(1);
                rows.field(i);
                rows.field(values[i]);
                rows.field(values[i + 1]);
                rows.endRow();
            }
            rows.flush();
            return session.target()
                    .findChanges(
                            session.target().countTarget(), session.staging().count(StagingTable.ROWS), null, Set.of())
                    .byObject();
        }
    }

    private static MergePlan plan(TargetTable target, List<Column> keys) {
        return new MergePlan(
                "l1",
                TARGET,
                target.columns(),
                keys,
                List.of(),
                MergePolicy.DEFAULT,
                null,
                null,
                false,
                Provenance.NONE,
                Instant.EPOCH,
                false);
    }
}
