package io.caravan.load.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.Delivery;
import io.caravan.model.ObjectVersion;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadResultTest {

    private final RetryableException denied = new RetryableException(ErrorCode.OBJECT_DENIED, "denied");
    private final ObjectVersion a = version("x/a", 2);
    private final ObjectVersion b = version("x/b", 3);
    private final ObjectVersion c = version("y/c", 4);

    @Test
    void whatStandsForADeliveryIsDoneWithOneOfItsObjects() {
        LoadResult result = new LoadResult("l1", List.of(a), List.of(), List.of(), null, null);

        assertThat(result.ofDeliveries(deliveries()))
                .isEqualTo(new LoadResult("l1", List.of(version("x/_SUCCESS", 5)), List.of(), List.of(), null, null));
    }

    @Test
    void aDeliveryThatLacksAnObjectIsNotThereThoughAnotherOfItIsDone() {
        LoadResult result = new LoadResult("l1", List.of(a, c), List.of(), List.of(b), null, null);

        assertThat(result.ofDeliveries(deliveries()))
                .isEqualTo(new LoadResult(
                        "l1",
                        List.of(version("y/_SUCCESS", 4)),
                        List.of(),
                        List.of(version("x/_SUCCESS", 5)),
                        null,
                        null));
    }

    @Test
    void aDeliveryIsUnreadableForTheFirstOfItsObjects() {
        LoadResult result = new LoadResult(
                "l1",
                List.of(),
                List.of(
                        new FailedObject(a, denied),
                        new FailedObject(b, new RetryableException(ErrorCode.OBJECT_ARCHIVED, "archived"))),
                List.of(),
                null,
                null);

        assertThat(result.ofDeliveries(deliveries()).unreadable())
                .containsExactly(new FailedObject(version("x/_SUCCESS", 5), denied));
        assertThat(result.ofDeliveries(deliveries()).done()).isEmpty();
    }

    @Test
    void aLoadThatFailedIsAFailureOfAllDeliveries() {
        LoadResult failed = LoadResult.failed(denied);

        assertThat(failed.ofDeliveries(deliveries())).isEqualTo(failed);
        assertThat(LoadResult.done(List.of(a)).ofDeliveries(deliveries()).done())
                .containsExactly(version("x/_SUCCESS", 5));
    }

    private List<Delivery> deliveries() {
        return List.of(
                new Delivery(version("x/_SUCCESS", 0), List.of(a, b)),
                new Delivery(version("y/_SUCCESS", 0), List.of(c)));
    }

    private static ObjectVersion version(String key, long bytes) {
        return new ObjectVersion("b", key, "e", bytes, Instant.EPOCH);
    }
}
