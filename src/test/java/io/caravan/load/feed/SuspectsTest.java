package io.caravan.load.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.load.tally.FailedObject;
import io.caravan.model.ObjectVersion;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SuspectsTest {

    private final Suspects suspects = new Suspects();

    @Test
    void tenObjectsMayFailAloneAndTheEleventhIsNotAtFault() {
        add(0, 10);

        FailedObject eleventh = failed(10);
        assertThatThrownBy(() -> suspects.add(eleventh)).isSameAs(eleventh.reason());
        assertThat(suspects.contains(failed(9).object())).isTrue();
        assertThat(suspects.contains(failed(10).object())).isFalse();
    }

    @Test
    void eachPassGetsTenFurther() {
        add(0, 10);
        suspects.beginPass();
        assertThat(suspects.contains(failed(0).object())).isFalse();

        add(0, 20);
        assertThatThrownBy(() -> suspects.add(failed(20))).isInstanceOf(RetryableException.class);
    }

    @Test
    void onceAnotherObjectLoadsItIsThem() {
        add(0, 10);

        assertThat(suspects.takeAll())
                .extracting(FailedObject::object)
                .hasSize(10)
                .startsWith(failed(0).object());
        assertThat(suspects.takeAll()).isEmpty();
        add(10, 20);
        suspects.beginPass();
        add(0, 10);
        assertThat(suspects.takeAll()).hasSize(10);
    }

    private void add(int from, int to) {
        for (int i = from; i < to; i++) {
            suspects.add(failed(i));
        }
    }

    private static FailedObject failed(int i) {
        return new FailedObject(
                new ObjectVersion("b", "k" + i, "e", 1, Instant.EPOCH),
                TestingSource.exception(ErrorCode.WAREHOUSE_DATA));
    }
}
