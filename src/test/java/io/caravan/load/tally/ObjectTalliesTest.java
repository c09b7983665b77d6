package io.caravan.load.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.model.ChangeCounts;
import io.caravan.model.Deliveries;
import io.caravan.model.Delivery;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.row.Batch;
import io.caravan.model.row.Row;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObjectTalliesTest {

    private final RejectedObjectException bad =
            new RejectedObjectException(ErrorCode.OBJECT_UNCLOSED_QUOTE, "a quote is not closed");
    private final ObjectTallies tallies = new ObjectTallies();

    @Test
    void objectsAreNumberedFromOneAndTheLastIsTheCurrentOne() {
        assertThat(tallies.areNone()).isTrue();
        ObjectTally first = begin("a", 3);
        assertThat(tallies.isFirst()).isTrue();
        ObjectTally second = begin("b", 2);

        assertThat(tallies.areNone()).isFalse();
        assertThat(tallies.isFirst()).isFalse();
        assertThat(tallies.current()).isSameAs(second);
        assertThat(tallies.numbered(1)).isSameAs(first);
        assertThat(tallies.numbers()).containsExactly(1, 2);
        assertThat(tallies.keys()).isEqualTo(Map.of(1, "a", 2, "b"));
        assertThat(tallies.objects()).containsExactly(version("a"), version("b"));
    }

    @Test
    void whatIsTakenBackLeavesItsNumberToTheNext() {
        begin("a", 3);
        begin("b", 2);

        tallies.takeBack();

        assertThat(begin("c", 1).number()).isEqualTo(2);
        assertThat(tallies.objects()).containsExactly(version("a"), version("c"));
    }

    @Test
    void withoutAnObjectThereIsNoCurrentOne() {
        assertThatThrownBy(tallies::current).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void goodObjectsAreThoseWhoseRowsGoIntoTheTarget() {
        ObjectTally rejected = begin("a", 3);
        rejected.reject(bad);
        ObjectTally needless = begin("b", 2);
        needless.leaveOut();
        assertThat(tallies.hasGood()).isFalse();
        assertThat(tallies.compared()).isEmpty();
        ObjectTally good = begin("c", 5);
        begin("d", 0);
        tallies.addSuperseded(Map.of(3, 2L));

        assertThat(tallies.hasGood()).isTrue();
        assertThat(tallies.firstGood()).containsSame(good);
        assertThat(tallies.dropped()).containsExactly(rejected, needless);
        assertThat(tallies.compared()).isEqualTo(Map.of(3, 3L));
    }

    @Test
    void deadLettersOfGoodObjectsOnlyAreReplayed() {
        begin("a", 1).addReplayed();
        ObjectTally rejected = begin("b", 1);
        rejected.addReplayed();
        rejected.reject(bad);

        assertThat(tallies.replayed()).isEqualTo(1);
    }

    @Test
    void anOvertakenObjectIsHeldBackUnlessItIsRejected() {
        assertThat(tallies.areAllOvertaken()).isTrue();
        tallies.begin(version("a"), true, false);
        assertThat(tallies.areAllOvertaken()).isTrue();
        tallies.begin(version("b"), true, false).reject(bad);
        begin("c", 1);

        assertThat(tallies.overtaken()).containsExactly(1);
        assertThat(tallies.areAllOvertaken()).isFalse();
    }

    @Test
    void rowsLackWhereAnObjectIsDroppedOrStagingRefusesSome() {
        ObjectTally tally = begin("a", 2);
        assertThat(tallies.lackRows()).isFalse();
        tally.rejectStaged(1, List.of(2L));
        assertThat(tallies.lackRows()).isTrue();
    }

    @Test
    void aDroppedObjectLacksItsRows() {
        begin("a", 2).leaveOut();

        assertThat(tallies.lackRows()).isTrue();
        assertThat(tallies.areAllNeedless()).isTrue();
        begin("b", 2);
        assertThat(tallies.areAllNeedless()).isFalse();
    }

    @Test
    void objectsAreRejectedByNumberOrAllThatAreGood() {
        begin("a", 1);
        begin("b", 1);
        begin("c", 1).supersede();

        tallies.reject(Set.of(2), tally -> bad);
        assertThat(tallies.all()).extracting(ObjectTally::isRejected).containsExactly(false, true, false);

        tallies.rejectGood(bad);
        assertThat(tallies.all()).extracting(ObjectTally::isRejected).containsExactly(true, true, false);
    }

    @Test
    void olderSnapshotsAreLeftToAnotherLoadOnlyIfNoneIsGood() {
        ObjectTally newest = begin("b", 1);
        begin("a", 0).supersede();
        ObjectTally overtaken = tallies.begin(version("z"), true, false);
        overtaken.supersede();

        tallies.giveOlderSnapshotsTheirTurn();
        assertThat(tallies.all()).hasSize(3);

        newest.reject(bad);
        tallies.giveOlderSnapshotsTheirTurn();
        assertThat(tallies.all()).containsExactly(newest, overtaken);
    }

    @Test
    void eachObjectHasAnEntryWhateverItChanges() {
        begin("a", 2);
        begin("b", 3);

        assertThat(tallies.entries(Map.of(2, new ChangeCounts(1, 0, 0, 0, 0))))
                .containsExactly(
                        entry("a", new LoadCounts(2, 0, 0, 2, 0, 0)), entry("b", new LoadCounts(3, 1, 0, 2, 0, 0)));
    }

    @Test
    void eachObjectIsJudgedByWhatItHeld() {
        begin("a", 3);
        begin("b", 1).rejectStaged(1, List.of(2L));
        begin("c", 3).rejectStaged(2, List.of(2L, 3L));
        begin("d", 4).rejectStaged(2, List.of(2L, 3L));

        tallies.judge(0.5);

        assertThat(tallies.entries(Map.of()))
                .extracting(LedgerEntry::errorCode)
                .containsExactly(null, ErrorCode.OBJECT_NO_GOOD_ROW, ErrorCode.OBJECT_TOO_MANY_REJECTED_ROWS, null);
    }

    @Test
    void ofADeliveryAllAreLeftOutOrNone() {
        Deliveries deliveries = new Deliveries(List.of(
                new Delivery(version("x"), List.of(version("a"), version("b"))),
                new Delivery(version("y"), List.of(version("c")))));
        ObjectTally a = begin("a", 1);
        ObjectTally b = begin("b", 1);
        ObjectTally c = begin("c", 1);
        assertThat(tallies.together(a, deliveries)).containsExactly(a, b);
        assertThat(tallies.together(c, deliveries)).containsExactly(c);

        a.repeatsItself();
        tallies.leaveOutRepeated(deliveries);
        assertThat(tallies.all()).noneMatch(ObjectTally::isNeedless);

        b.repeatsItself();
        tallies.leaveOutRepeated(deliveries);
        assertThat(tallies.all()).extracting(ObjectTally::isNeedless).containsExactly(true, true, false);
    }

    @Test
    void whatIsTakenBackAltogetherIsDealtWithByAnotherLoad() {
        begin("a", 1);
        begin("b", 1);

        tallies.takeAllBack();

        assertThat(tallies.areNone()).isTrue();
    }

    @Test
    void theViewCannotBeChanged() {
        assertThatThrownBy(() -> tallies.all().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    private static LedgerEntry entry(String key, LoadCounts counts) {
        return new LedgerEntry(version(key), null, Outcome.LOADED, counts, null, null);
    }

    private ObjectTally begin(String key, int rows) {
        ObjectTally tally = tallies.begin(version(key), false, false);
        tally.add(new Batch(Collections.nCopies(rows, new Row(3, List.of("1"))), List.of(), 0));
        return tally;
    }

    private static ObjectVersion version(String key) {
        return new ObjectVersion("b", key, "e", 1, Instant.EPOCH);
    }
}
