package io.caravan.load.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.status.Replica;
import io.caravan.spi.Membership;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ElectionTest {

    private static final Set<String> FEEDS = Set.of("a", "b", "c", "d");

    /** What replicas have said, for them all. */
    private static final class Board implements Membership {

        private final Map<String, Replica> replicas = new TreeMap<>();
        private boolean isDown;

        @Override
        public List<Replica> announce(Replica replica) {
            if (isDown) {
                throw new RetryableException(ErrorCode.ELECTION_UNREACHABLE, "down");
            }
            replicas.put(replica.name(), replica);
            return List.copyOf(replicas.values());
        }

        @Override
        public void leave(String name) {
            replicas.remove(name);
        }

        @Override
        public void close() {}
    }

    private final Board board = new Board();
    private final Election first = new Election("first", board);
    private final Election second = new Election("second", board);

    @Test
    void oneAloneRunsAll() {
        first.round(FEEDS, Set.of());

        assertThat(FEEDS).allMatch(first::runs);
        assertThat(first.runs("unheard of")).isFalse();
    }

    @Test
    void anotherTakesItsShareWhenItIsGivenBack() {
        first.round(FEEDS, Set.of());
        second.round(FEEDS, Set.of());
        assertThat(FEEDS).as("the first still runs all").noneMatch(second::runs);

        first.round(FEEDS, Set.of());
        second.round(FEEDS, Set.of());

        assertThat(FEEDS.stream().filter(first::runs)).hasSize(2);
        assertThat(FEEDS).allMatch(feed -> first.runs(feed) != second.runs(feed));
    }

    @Test
    void aFeedOfWhichALoadIsInFlightIsNotTaken() {
        first.round(FEEDS, FEEDS);
        second.round(FEEDS, Set.of());
        first.round(FEEDS, FEEDS);
        second.round(FEEDS, Set.of());
        assertThat(FEEDS).noneMatch(second::runs);

        first.round(FEEDS, Set.of());
        second.round(FEEDS, Set.of());
        assertThat(FEEDS.stream().filter(second::runs)).hasSize(2);
    }

    @Test
    void whatIsLeftIsTakenInTheNextRound() {
        first.round(FEEDS, Set.of());
        second.round(FEEDS, Set.of());
        first.leave();
        assertThat(FEEDS).noneMatch(first::runs);

        second.round(FEEDS, Set.of());
        assertThat(FEEDS).allMatch(second::runs);
    }

    @Test
    void whoCannotAskGoesOn() {
        first.round(FEEDS, Set.of());
        board.isDown = true;
        first.round(FEEDS, Set.of());

        assertThat(FEEDS).allMatch(first::runs);
    }

    @Test
    void whoCouldNeverAskRunsAllUntilItCan() {
        second.round(FEEDS, Set.of());
        board.isDown = true;
        first.round(FEEDS, Set.of());
        assertThat(FEEDS).allMatch(first::runs);

        board.isDown = false;
        first.round(FEEDS, Set.of());
        assertThat(FEEDS).as("the second runs them").noneMatch(first::runs);
    }

    @Test
    void aFeedThatIsNewIsRunByOne() {
        first.round(FEEDS, Set.of());
        first.round(Set.of("a", "e"), Set.of());

        assertThat(first.runs("e")).isTrue();
        assertThat(first.runs("b")).isFalse();
    }

    @Test
    void aFeedOfAnotherServiceIsNotTakenForOnesOwnThoughItHasTheSameName() {
        Set<String> dev = Set.of("employee\t1", "orders\t2");
        Set<String> prod = Set.of("employee\t3", "orders\t4");
        Election third = new Election("third", board);

        first.round(dev, Set.of());
        second.round(prod, Set.of());
        third.round(prod, Set.of());
        second.round(prod, Set.of());
        third.round(prod, Set.of());

        assertThat(dev).allMatch(first::runs);
        assertThat(prod).allMatch(feed -> second.runs(feed) != third.runs(feed));
        assertThat(prod.stream().filter(second::runs)).hasSize(1);
    }
}
