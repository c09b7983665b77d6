package io.caravan.load.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.load.verify.Deviation.Rule;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.table.TableName;
import io.caravan.model.verify.LedgerObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviationTest {

    private static final LoadCounts THEN = new LoadCounts(5, 1, 2, 1, 0, 1);

    private final Doubts doubts = new Doubts();
    private final Deviation deviation = new Deviation(doubts);

    @ParameterizedTest
    @EnumSource(Rule.class)
    void whatComesToTheSameLeavesNoDoubt(Rule rule) {
        check(Outcome.LOADED, THEN, "sha", rule);

        assertThat(doubts.told()).isEmpty();
        assertThat(deviation.fewer()).isZero();
    }

    @Test
    void whatIsNotLoadedTodayIsLost() {
        deviation.check(List.of(PastLoads.object("k", Outcome.LOADED, THEN)), null, Rule.EFFECT);

        assertThat(doubts.areLost()).isTrue();
        assertThat(doubts.told()).containsExactly("s3://b/k is not loaded today");
    }

    @Test
    void anotherOutcomeOrOtherBytesAreLost() {
        check(Outcome.REJECTED, THEN, "sha", Rule.EFFECT);
        check(Outcome.LOADED, THEN, "other", Rule.EFFECT);

        assertThat(doubts.areLost()).isTrue();
        assertThat(doubts.told())
                .containsExactly(
                        "s3://b/k was loaded, and would be rejected today",
                        "s3://b/k has other bytes than those that were loaded");
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void otherRecordsAlwaysDeviate(Rule rule) {
        check(Outcome.LOADED, new LoadCounts(5, 2, 2, 1, 0, 0), null, rule);

        assertThat(doubts.areLost()).isFalse();
        assertThat(doubts.areDeviating()).isTrue();
        assertThat(doubts.told()).singleElement().asString().startsWith("s3://b/k reads otherwise today: 5 records, 0");
    }

    @Test
    void anotherEffectDeviatesWhereItIsKnown() {
        LoadCounts now = new LoadCounts(5, 2, 1, 1, 0, 1);

        check(Outcome.LOADED, now, "sha", Rule.READING);
        assertThat(doubts.told()).isEmpty();
        check(Outcome.LOADED, now, "sha", Rule.EFFECT);
        assertThat(doubts.areDeviating()).isTrue();
    }

    @Test
    void replayedRecordsThatAreRejectedTodayAreLost() {
        LedgerObject then = PastLoads.object("k", Outcome.REPLAYED, new LoadCounts(1, 1, 0, 0, 0, 0));
        deviation.check(
                List.of(then), load(then, Outcome.REPLAYED, new LoadCounts(1, 0, 0, 0, 0, 1), null), Rule.EFFECT);
        assertThat(doubts.areLost()).isTrue();
    }

    @Test
    void replayedRecordsThatDoOtherwiseDeviate() {
        LedgerObject then = PastLoads.object("k", Outcome.REPLAYED, new LoadCounts(1, 1, 0, 0, 0, 0));
        deviation.check(
                List.of(then), load(then, Outcome.REPLAYED, new LoadCounts(1, 0, 0, 1, 0, 0), null), Rule.EFFECT);
        assertThat(doubts.areLost()).isFalse();
        assertThat(doubts.areDeviating()).isTrue();
    }

    @Test
    void rowsOfTheTableThatAreNotMetAnyMoreAreGone() {
        check(Outcome.LOADED, new LoadCounts(5, 1, 1, 0, 0, 2, 0, 1, 0), "sha", Rule.MEETING);

        assertThat(deviation.fewer()).isEqualTo(2);
        assertThat(doubts.areDeviating()).isFalse();
        assertThat(doubts.told()).containsExactly("s3://b/k meets 1 rows of the table, and met 3 then");
    }

    @Test
    void moreRowsOfTheTableThanWereMetDeviate() {
        check(Outcome.LOADED, new LoadCounts(5, 0, 1, 3, 0, 0, 0, 1, 0), "sha", Rule.MEETING);

        assertThat(deviation.fewer()).isZero();
        assertThat(doubts.areDeviating()).isTrue();
    }

    private void check(Outcome outcome, LoadCounts now, @Nullable String sha256, Rule rule) {
        LedgerObject then = PastLoads.object("k", Outcome.LOADED, THEN);
        deviation.check(List.of(then), load(then, outcome, now, sha256), rule);
    }

    private static LoadRecord load(LedgerObject then, Outcome outcome, LoadCounts now, @Nullable String sha256) {
        LedgerEntry entry = new LedgerEntry(then.object(), null, outcome, now, null, null, null, sha256, null);
        return new LoadRecord(
                "l",
                "f",
                TableName.parse("t"),
                Instant.EPOCH,
                Instant.EPOCH,
                outcome,
                List.of(entry),
                PhaseTimes.NONE,
                null,
                null);
    }
}
