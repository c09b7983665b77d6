package io.caravan.app.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PastAct;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.table.TableName;
import io.caravan.testing.TestingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoadHistoryTest {

    private static final Instant START = Instant.parse("2026-11-30T10:00:00Z");

    private final TestingClock clock = new TestingClock();
    private final LoadHistory history = new LoadHistory(new HistoryLimits(10, 6, 20), clock);

    @Test
    void aRunningLoadMovesAndIsGoneWhenItIsOver() {
        history.loadStarted("orders", "1", 2, 100);
        history.objectStarted("1", object("a"));
        history.progress("1", 25, 50);
        history.loadStarted("others", "2", 1, 7);
        clock.pass(Duration.ofSeconds(5));

        LoadProgress progress = history.findRunning("1").orElseThrow();
        assertThat(progress.share()).isEqualTo(0.25);
        assertThat(progress.rowsPerSecond(clock.instant())).isEqualTo(10);
        assertThat(progress.left(clock.instant())).isEqualTo(Duration.ofSeconds(15));
        assertThat(progress.current()).isEqualTo(object("a"));
        history.loadLeft("2");
        history.loadFinished(load("1", "orders", Outcome.LOADED, 1));
        assertThat(history.running()).isEmpty();
        assertThat(history.find("1").orElseThrow().objects()).hasSize(1);
    }

    @Test
    void aBusyFeedTakesNothingFromAQuietOne() {
        history.loadFinished(load("00", "quiet", Outcome.LOADED, 1));
        IntStream.range(1, 40).forEach(i -> history.loadFinished(load(id(i), "busy", Outcome.LOADED, 1)));

        assertThat(history.last(null, null, 100)).hasSize(10);
        assertThat(history.last("quiet", null, 100)).hasSize(1);
        assertThat(ids("busy", null)).first().isEqualTo("39");
        assertThat(ids("busy", "35")).containsExactly("34", "33", "32", "31");
    }

    @Test
    void objectsOfTheOldestLoadsAreForgottenFirst() {
        history.loadFinished(load("01", "orders", Outcome.LOADED, 4));
        history.loadFinished(load("02", "orders", Outcome.LOADED, 4));

        assertThat(history.find("01").orElseThrow().objects()).isNull();
        assertThat(history.find("02").orElseThrow().objects()).hasSize(4);
        assertThat(history.findObjects("orders", object -> object.object().key().startsWith("key"), 3))
                .hasSize(3)
                .allMatch(found -> found.load().id().equals("02"));
    }

    @Test
    void whatPeopleHaveDoneBeforeTheStartStandsBeforeItAndWhatCameSinceIsHeardOfOtherwise() {
        Instant start = clock.instant();
        history.acted("orders", "anna has dropped 2 open dead letters of feed orders");
        history.rememberActs(List.of(
                new PastAct("skip", "orders", "bert", start, 1, "skipped 1 objects of feed orders"),
                new PastAct("drop", null, "carl", start.minusSeconds(5), 3, "dropped 3 open dead letters, of load l")));

        assertThat(history.events(event -> true, null, 10))
                .extracting(PastEvent::text)
                .containsExactly(
                        "anna has dropped 2 open dead letters of feed orders",
                        "the service has started",
                        "carl has dropped 3 open dead letters, of load l");
    }

    @Test
    void earlierLoadsComeBeforeThoseThatAreKnownAlready() {
        history.loadFinished(load("05", "orders", Outcome.LOADED, 1));
        history.remember(List.of(
                PastLoad.of(load("05", "orders", Outcome.LOADED, 1)),
                PastLoad.of(load("03", "orders", Outcome.LOADED, 2))));

        assertThat(ids("orders", null)).containsExactly("05", "03");
        assertThat(history.find("05").orElseThrow().objects()).hasSize(1);
        assertThat(history.find("03").orElseThrow().objects()).isNull();
        assertThat(history.events(event -> event.kind() == EventKind.LOAD, null, 10))
                .hasSize(2);
    }

    @Test
    void whatHappensAgainAndAgainIsToldOnce() {
        RetryableException reason = new RetryableException(ErrorCode.WAREHOUSE_UNREACHABLE, "away");
        history.feedFailed("orders", reason, Duration.ZERO, false);
        history.feedFailed("orders", reason, Duration.ZERO, true);
        history.objectSetAside("orders", object("a"), reason, Duration.ZERO, false);
        history.objectSetAside("orders", object("a"), reason, Duration.ZERO, true);
        history.feedRecovered("orders");
        history.loadFinished(load("1", "orders", Outcome.FAILED, 0, ErrorCode.LEDGER_MOVED));

        assertThat(history.events(event -> true, null, 100))
                .extracting(PastEvent::kind)
                .containsExactly(EventKind.FEED_RECOVERED, EventKind.SET_ASIDE, EventKind.FEED_FAILED, EventKind.START);
    }

    @Test
    void eventsAreBoundedAndReadPageByPage() {
        IntStream.range(0, 100).forEach(i -> {
            clock.pass(Duration.ofSeconds(1));
            history.reloaded(List.of("change " + i));
        });
        List<PastEvent> first = history.events(event -> true, null, 5);
        List<PastEvent> second = history.events(event -> true, first.get(4).number(), 100);
        assertThat(first).extracting(PastEvent::text).startsWith("change 99").endsWith("change 95");
        assertThat(second).hasSize(15).first().extracting(PastEvent::text).isEqualTo("change 94");
    }

    @Test
    void aSmallHeapRemembersLess() {
        assertThat(HistoryLimits.ofHeap(160L << 20)).isEqualTo(new HistoryLimits(8_388, 5_991, 5_000));
        assertThat(HistoryLimits.ofHeap(64L << 30)).isEqualTo(new HistoryLimits(100_000, 100_000, 5_000));
        assertThat(HistoryLimits.ofHeap(1)).isEqualTo(new HistoryLimits(1_000, 1_000, 5_000));
    }

    private List<String> ids(String feed, @Nullable String before) {
        return history.last(feed, before, 4).stream()
                .map(load -> load.load().id())
                .toList();
    }

    private static String id(int number) {
        return String.format(Locale.ROOT, "%02d", number);
    }

    private static ObjectVersion object(String key) {
        return new ObjectVersion("bucket", key, "etag", 10, START);
    }

    private static LoadRecord load(String id, String feed, Outcome outcome, int objects) {
        return load(id, feed, outcome, objects, null);
    }

    private static LoadRecord load(String id, String feed, Outcome outcome, int objects, @Nullable ErrorCode code) {
        return new LoadRecord(
                id,
                feed,
                new TableName("public", feed),
                START,
                START.plusSeconds(1),
                outcome,
                IntStream.range(0, objects)
                        .mapToObj(i -> new LedgerEntry(
                                object("key" + i), null, Outcome.LOADED, new LoadCounts(1, 1, 0, 0, 0, 0), null, null))
                        .toList(),
                PhaseTimes.NONE,
                code,
                null);
    }
}
