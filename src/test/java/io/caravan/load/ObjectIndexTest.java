package io.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ObjectIndexTest {

    private final ObjectIndex index = new ObjectIndex();

    @Test
    void onlyTheLastEtagOfAKeyCounts() {
        index.put("b", "k", "1");
        index.put("b", "k", "2");

        assertThat(index.contains("b", "k", "2")).isTrue();
        assertThat(index.contains("b", "k", "1")).isFalse();
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void bucketsAndKeysStayApart() {
        index.put("b", "k", "1");

        assertThat(index.contains("c", "k", "1")).isFalse();
        assertThat(index.contains("b", "j", "1")).isFalse();
    }

    @Test
    void aHundredThousandObjectsAreAllRemembered() {
        for (int i = 0; i < 100_000; i++) {
            index.put("b", "key-" + i, "etag-" + i);
        }

        assertThat(index.size()).isEqualTo(100_000);
        for (int i = 0; i < 100_000; i++) {
            assertThat(index.contains("b", "key-" + i, "etag-" + i)).isTrue();
        }
        assertThat(index.contains("b", "key-100000", "etag-100000")).isFalse();
    }
}
