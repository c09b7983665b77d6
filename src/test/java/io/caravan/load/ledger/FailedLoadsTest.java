package io.caravan.load.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.Reaction;
import io.caravan.base.RetryableException;
import io.caravan.load.tally.FailedObject;
import io.caravan.load.tally.LoadIds;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.table.TableName;
import io.caravan.testing.TestingClock;
import io.caravan.testing.TestingWarehouse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailedLoadsTest {

    private static final TableName TARGET = TableName.parse("public.t");

    private final TestingWarehouse warehouse = TestingWarehouse.empty();
    private final TestingClock clock = new TestingClock();
    private final FailedLoads failed = new FailedLoads(
            warehouse,
            new LedgerIndex(warehouse, TARGET, clock, read -> {}),
            new LoadIds(clock, () -> 7),
            clock,
            "employee",
            TARGET);

    @Test
    void aLoadThatFailedIsInTheRunHistoryWithoutItsObjects() {
        clock.passSeconds(9);

        failed.add("l1", Instant.EPOCH, failure(ErrorCode.WAREHOUSE_CONFLICT));

        LoadRecord load = onlyLoad();
        assertThat(load.id()).isEqualTo("l1");
        assertThat(load.feed()).isEqualTo("employee");
        assertThat(load.target()).isEqualTo(TARGET);
        assertThat(load.started()).isEqualTo(Instant.EPOCH);
        assertThat(load.ended()).isEqualTo(Instant.EPOCH.plusSeconds(9));
        assertThat(load.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(load.errorCode()).isEqualTo(ErrorCode.WAREHOUSE_CONFLICT);
        assertThat(load.error()).isEqualTo("WAREHOUSE_CONFLICT");
        assertThat(load.objects()).isEmpty();
    }

    /** Of a lost commit nobody knows yet whether it failed. */
    @ParameterizedTest
    @EnumSource(names = {"COMMIT_LOST", "WAREHOUSE_UNREACHABLE", "WAREHOUSE_LOGIN", "WAREHOUSE_POOL_EXHAUSTED"})
    void nothingIsWrittenToAWarehouseThatIsAwayOrHasPerhapsCommitted(ErrorCode code) {
        failed.add("l1", Instant.EPOCH, failure(code));

        assertThat(warehouse.loads()).isEmpty();
    }

    @Test
    void aRunHistoryThatTakesNothingFailsNothing() {
        warehouse.failRecords(failure(ErrorCode.WAREHOUSE_FAILED));

        failed.add("l1", Instant.EPOCH, failure(ErrorCode.WAREHOUSE_CONFLICT));

        assertThat(warehouse.loads()).isEmpty();
    }

    @Test
    void objectsThatFailedAreInTheLedgerOnce() {
        failed.add(List.of(failed("a"), failed("b")));
        assertThat(warehouse.hasPreparedLedger()).isTrue();
        assertThat(failed.contain(version("a", 5))).isTrue();
        failed.add(List.of(failed("a"), failed("b")));
        failed.writeLeft();

        LedgerEntry entry = onlyLoad().objects().get(0);
        assertThat(onlyLoad().objects()).extracting(of -> of.object().key()).containsExactly("a", "b");
        assertThat(entry.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(entry.errorCode()).isEqualTo(ErrorCode.OBJECT_DENIED);
        assertThat(entry.error()).isEqualTo("OBJECT_DENIED");
        assertThat(failed.contain(version("a", 5))).isTrue();
        assertThat(failed.contain(version("c", 5))).isFalse();
    }

    @Test
    void anObjectThatAnotherProcessHasDealtWithIsNotWritten() {
        warehouse.addToLedger(version("a", 5), Outcome.LOADED);

        failed.add(List.of(failed("a")));

        assertThat(warehouse.loads()).isEmpty();
    }

    /** Each writes by the position that it knows, so that none writes over what it has not seen. */
    @Test
    void whatTheLedgerHasGainedMeanwhileIsReadBeforeItIsWritten() {
        failed.add(List.of(failed("a")));
        warehouse.addToLedger(version("c", 5), Outcome.LOADED);

        failed.add(List.of(failed("b")));

        assertThat(warehouse.loads()).hasSize(2);
    }

    @Test
    void norIsOneOfWhichALaterVersionIsLoaded() {
        warehouse.addToLedger(version("a", 9), Outcome.LOADED);

        failed.add(List.of(failed("a"), failed("b")));

        assertThat(onlyLoad().objects()).extracting(of -> of.object().key()).containsExactly("b");
    }

    @Test
    void whatTheLedgerDoesNotTakeIsWrittenLater() {
        warehouse.failRecords(failure(ErrorCode.WAREHOUSE_FAILED));
        assertThatThrownBy(() -> failed.add(List.of(failed("a")))).hasMessage("WAREHOUSE_FAILED");
        assertThatThrownBy(failed::writeLeft).hasMessage("WAREHOUSE_FAILED");

        warehouse.failRecords(null);
        failed.writeLeft();
        assertThat(onlyLoad().objects()).hasSize(1);
        failed.writeLeft();
        assertThat(warehouse.loads()).hasSize(1);
    }

    private LoadRecord onlyLoad() {
        assertThat(warehouse.loads()).hasSize(1);
        return warehouse.loads().get(0);
    }

    private static FailedObject failed(String key) {
        return new FailedObject(version(key, 5), failure(ErrorCode.OBJECT_DENIED));
    }

    private static CaravanException failure(ErrorCode code) {
        return code.reaction() == Reaction.FATAL
                ? new InvalidConfigurationException(code, code.name())
                : new RetryableException(code, code.name());
    }

    private static ObjectVersion version(String key, long second) {
        return new ObjectVersion("b", key, "e" + second, 1, Instant.ofEpochSecond(second));
    }
}
