package io.caravan.load.feed;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.status.Replica;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedSharesTest {

    @ParameterizedTest
    @CsvSource({"1,1", "1,3", "2,2", "3,2", "7,2", "10,3", "100,7"})
    void everyFeedHasOneReplicaAndEveryReplicaItsShare(int feeds, int replicas) {
        Map<String, String> shares = FeedShares.of(replicas(replicas, feeds(feeds)));

        assertThat(shares.keySet()).isEqualTo(feeds(feeds));
        for (String replica : Set.copyOf(shares.values())) {
            assertThat(Collections.frequency(shares.values(), replica))
                    .isLessThanOrEqualTo((feeds + replicas - 1) / replicas);
        }
    }

    @Test
    void theOrderInWhichReplicasAreHeardOfMeansNothing() {
        List<Replica> replicas = new ArrayList<>(replicas(4, feeds(11)));
        Map<String, String> shares = FeedShares.of(replicas);
        Collections.reverse(replicas);

        assertThat(FeedShares.of(replicas)).isEqualTo(shares);
    }

    @Test
    void fewFeedsMoveWhenAReplicaDies() {
        List<Replica> five = replicas(5, feeds(100));
        Map<String, String> before = FeedShares.of(five);
        Map<String, String> after = FeedShares.of(five.subList(0, 4));
        Set<String> moved = before.keySet().stream()
                .filter(feed -> !Objects.equals(before.get(feed), after.get(feed)))
                .collect(toSet());

        // A fifth must; the bound moves some more.
        assertThat(moved).hasSizeBetween(20, 45);
    }

    @Test
    void aFeedGoesToAReplicaThatKnowsIt() {
        List<Replica> replicas =
                List.of(new Replica("new", Set.of("a", "b", "c"), Set.of()), new Replica("old", Set.of("a"), Set.of()));

        assertThat(FeedShares.of(replicas))
                .containsEntry("b", "new")
                .containsEntry("c", "new")
                .containsKey("a");
    }

    @Test
    void withoutReplicasThereAreNoShares() {
        assertThat(FeedShares.of(List.of())).isEmpty();
    }

    private static List<Replica> replicas(int count, Set<String> feeds) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Replica("caravan-6d4b75cb6d-" + i, feeds, Set.of()))
                .toList();
    }

    private static Set<String> feeds(int count) {
        return IntStream.range(0, count).mapToObj(i -> "feed-" + i).collect(toCollection(TreeSet::new));
    }
}
