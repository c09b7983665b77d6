package io.caravan.load.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.FeedEntries;
import io.caravan.model.ledger.DeadLetter.Status;
import io.caravan.model.ledger.DeadLetterFilter;
import io.caravan.model.ledger.DeadLetterGroup;
import io.caravan.model.ledger.Outcome;
import io.caravan.testing.FeedBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which dead letters are corrected, whether they can be, and what goes through the feed in their place. */
class CorrectionsTest {

    private static final FeedEntries ENTRIES = FeedEntries.named("f");
    private static final DeadLetterGroup A = group("a", Outcome.LOADED, 3);
    private static final DeadLetterGroup B = group("b", Outcome.LOADED, 1);
    private static final DeadLetterGroup REJECTED = group("r", Outcome.REJECTED, 1);

    private final Feed feed = new FeedBuilder().build();

    @Test
    void aCorrectionIsOfOneLineOfOneVersion() {
        Corrections corrections = new Corrections(List.of(correction("a", 3, "x"), correction("b", 3, "y")));

        assertThat(corrections.of(A)).isEqualTo(Map.of(3L, correction("a", 3, "x")));
        assertThat(corrections.of(REJECTED)).isEmpty();
        assertThat(corrections.of(new DeadLetterGroup(A.object(), "l9", 7, Outcome.LOADED, "id", 1)))
                .as("another load has rejected it again")
                .isEmpty();
    }

    @Test
    void nobodyCorrectsTheSameTwice() {
        assertThatThrownBy(() -> new Corrections(List.of(correction("a", 3, "x"), correction("a", 3, "y"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("is corrected twice");
    }

    @Test
    void onlyWhatTheyHaveInCommonIsAskedFor() {
        assertThat(new Corrections(List.of(correction("a", 3, "x"), correction("a", 4, "y"))).filter(ENTRIES))
                .isEqualTo(new DeadLetterFilter(ENTRIES, "l1", "in/a", null, null, null, Status.OPEN));
        assertThat(new Corrections(List.of(correction("a", 3, "x"), correction("b", 4, "y"))).filter(ENTRIES))
                .isEqualTo(new DeadLetterFilter(ENTRIES, "l1", null, null, null, null, Status.OPEN));
        assertThat(new Corrections(List.of()).filter(ENTRIES))
                .isEqualTo(new DeadLetterFilter(ENTRIES, null, null, null, null, null, Status.OPEN));
    }

    @Test
    void everyTextMustBeOneRecord() {
        assertThatCode(() -> new Corrections(List.of(correction("a", 3, "1,\"A\nda\""))).requireRecords(feed))
                .doesNotThrowAnyException();
        assertInvalid(
                () -> new Corrections(List.of(
                                correction("a", 3, "1\n2"), correction("a", 4, "1,\\xFF"), correction("a", 5, "1")))
                        .requireRecords(feed),
                "is not exactly one record",
                "holds bytes that are not text");
    }

    @Test
    void everyDeadLetterMustBeOpenAndOfALoadedObject() {
        TestingRecords kept = new TestingRecords(Map.of(A, List.of(3L, 4L), REJECTED, List.of(2L)));
        Corrections open = new Corrections(List.of(correction("a", 3, "x")));
        assertThatCode(() -> open.requireOpen(feed, kept, 1)).doesNotThrowAnyException();

        assertInvalid(
                () -> new Corrections(List.of(
                                correction("a", 4, "x"),
                                correction("a", 5, "x"),
                                correction("r", 2, "x"),
                                correction("unknown", 1, "x")))
                        .requireOpen(feed, new TestingRecords(kept.records), 1),
                "line 5 of in/a, rejected by load l1: there is no such open dead letter of feed f",
                "the object was rejected as a whole",
                "in/unknown");
    }

    @Test
    void noMoreProblemsAreToldThanHelp() {
        List<Correction> many = IntStream.rangeClosed(1, 23)
                .mapToObj(line -> correction("a", line, "x"))
                .toList();

        assertThatThrownBy(() -> new Corrections(many).requireOpen(feed, new TestingRecords(Map.of()), 1))
                .hasMessageEndingWith("\n  and 3 more");
        assertThatThrownBy(
                        () -> new Corrections(many.subList(0, 20)).requireOpen(feed, new TestingRecords(Map.of()), 1))
                .message()
                .hasLineCount(21);
    }

    @Test
    void whatIsCorrectedGoesThroughTheFeedAndNothingElse() {
        TestingRecords kept = new TestingRecords(Map.of(A, List.of(3L, 4L, 5L), B, List.of(9L)));
        CorrectedRecords corrected =
                new CorrectedRecords(kept, new Corrections(List.of(correction("a", 4, "x"), correction("a", 5, "y"))));

        List<DeadLetterGroup> page = corrected.next(10);
        assertThat(page).containsExactly(A.withLetters(2));
        assertThat(corrected.next(10)).isEmpty();

        List<ReplayedRecord> records = new ArrayList<>();
        Iterator<ReplayedRecord> read = corrected.open(A);
        read.forEachRemaining(records::add);
        assertThat(records).extracting(ReplayedRecord::line).containsExactly(4L, 5L);
        assertThat(records).extracting(ReplayedRecord::text).containsExactly("x", "y");
        assertThatThrownBy(read::next).isInstanceOf(NoSuchElementException.class);
        corrected.close();
        assertThat(kept.closed).isTrue();
    }

    private static void assertInvalid(Runnable step, String... problems) {
        assertThatThrownBy(step::run)
                .isInstanceOfSatisfying(InvalidConfigurationException.class, failure -> assertThat(failure.code())
                        .isEqualTo(ErrorCode.CORRECTION_INVALID))
                .hasMessageContainingAll(problems);
    }

    private static Correction correction(String key, long line, String text) {
        return new Correction("l1", "in/" + key, "e", line, text);
    }

    private static DeadLetterGroup group(String key, Outcome outcome, long letters) {
        ObjectVersion object = new ObjectVersion("b", "in/" + key, "e", 1, Instant.EPOCH);
        return new DeadLetterGroup(object, "l1", 5, outcome, "id", letters);
    }

    /** The lines of open dead letters, a page for each object. */
    private static final class TestingRecords implements ReplayedRecords {

        private final Map<DeadLetterGroup, List<Long>> records;
        private final Iterator<DeadLetterGroup> groups;
        private boolean closed;

        TestingRecords(Map<DeadLetterGroup, List<Long>> records) {
            this.records = records;
            this.groups = records.keySet().iterator();
        }

        @Override
        public List<DeadLetterGroup> next(int limit) {
            return groups.hasNext() ? List.of(groups.next()) : List.of();
        }

        @Override
        public Iterator<ReplayedRecord> open(DeadLetterGroup group) {
            return records.getOrDefault(group, List.of()).stream()
                    .map(line -> new ReplayedRecord(line, "raw " + line, true))
                    .iterator();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
