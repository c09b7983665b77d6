package io.caravan.load.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ObjectIndexTest {

    private static final Instant TIME = Instant.parse("2026-07-01T12:00:00Z");

    private final ObjectIndex index = new ObjectIndex();

    @Test
    void onlyTheLastEtagOfAKeyCounts() {
        index.put("b", "k", "1", TIME);
        index.put("b", "k", "2", TIME);

        assertThat(index.find("b", "k", "2", TIME)).isEqualTo(Known.DONE);
        assertThat(index.find("b", "k", "1", TIME)).isEqualTo(Known.NEW);
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void bucketsAndKeysStayApart() {
        index.put("b", "k", "1", TIME);

        assertThat(index.find("c", "k", "1", TIME)).isEqualTo(Known.NEW);
        assertThat(index.find("b", "j", "1", TIME)).isEqualTo(Known.NEW);
    }

    @Test
    void onlyALaterSecondIsOneInWhichItWasStoredAgain() {
        index.put("b", "k", "1", TIME);

        assertThat(index.find("b", "k", "1", TIME.plusMillis(999))).isEqualTo(Known.DONE);
        assertThat(index.find("b", "k", "1", TIME.minusSeconds(1))).isEqualTo(Known.DONE);
        assertThat(index.find("b", "k", "1", TIME.plusSeconds(1))).isEqualTo(Known.STORED_AGAIN);
        assertThat(index.find("b", "k", "2", TIME.plusSeconds(1))).isEqualTo(Known.NEW);

        index.put("b", "k", "1", Instant.parse("2100-01-01T00:00:00Z"));
        assertThat(index.find("b", "k", "1", Instant.parse("2100-01-01T00:00:01Z")))
                .isEqualTo(Known.STORED_AGAIN);
        index.put("b", "k", "1", Instant.MAX);
        assertThat(index.find("b", "k", "1", Instant.MAX)).isEqualTo(Known.DONE);
        assertThat(index.find("b", "k", "1", Instant.MIN)).isEqualTo(Known.DONE);
    }

    @Test
    void aHundredThousandObjectsAreAllRemembered() {
        for (int i = 0; i < 100_000; i++) {
            index.put("b", "key-" + i, "etag-" + i, TIME.plusSeconds(i));
        }

        assertThat(index.size()).isEqualTo(100_000);
        for (int i = 0; i < 100_000; i++) {
            assertThat(index.find("b", "key-" + i, "etag-" + i, TIME.plusSeconds(i)))
                    .isEqualTo(Known.DONE);
        }
        assertThat(index.find("b", "key-100000", "etag-100000", TIME)).isEqualTo(Known.NEW);
    }
}
