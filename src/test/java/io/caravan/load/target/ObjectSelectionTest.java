package io.caravan.load.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.ObjectVersion;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ObjectSelectionTest {

    @Test
    void fewObjectsAreAllChosenTheSmallestFirst() {
        List<ObjectVersion> objects = List.of(object(1, 30), object(2, 10), object(3, 20));

        assertThat(ObjectSelection.of(objects)).containsExactly(List.of(object(2, 10), object(3, 20), object(1, 30)));
    }

    @Test
    void ofManyTheLargestAreChosenAndSomeOfAllTimes() {
        List<ObjectVersion> objects = IntStream.range(0, 5_000)
                .mapToObj(i -> object(i, i == 3_333 ? 1_000_000 : 10))
                .toList();

        List<List<ObjectVersion>> rounds = ObjectSelection.of(objects);

        assertThat(rounds).hasSize(10).allSatisfy(round -> assertThat(round).hasSizeBetween(95, 100));
        assertThat(rounds.get(0)).endsWith(objects.get(3_333)).contains(objects.get(0), objects.get(4_999));
        assertThat(rounds.stream().flatMap(List::stream)).doesNotHaveDuplicates();
    }

    @Test
    void nothingIsChosenOfNothing() {
        assertThat(ObjectSelection.of(List.of())).isEmpty();
    }

    private static ObjectVersion object(int number, long bytes) {
        return new ObjectVersion(
                "b",
                "k" + number,
                "e",
                bytes,
                Instant.parse("2026-01-01T00:00:00Z").plusSeconds(number));
    }
}
