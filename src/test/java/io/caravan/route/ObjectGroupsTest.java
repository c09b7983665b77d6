package io.caravan.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.ObjectVersion;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectGroupsTest {

    private static final ObjectVersion A = object("a", 10);
    private static final ObjectVersion B = object("b", 20);
    private static final ObjectVersion C = object("c", 70);

    @Test
    void aGroupHasNoMoreObjectsThanItMay() {
        assertThat(ObjectGroups.cut(List.of(A, B, C), 2, 1000)).containsExactly(List.of(A, B), List.of(C));
    }

    @Test
    void aGroupHasNoMoreBytesThanItMay() {
        assertThat(ObjectGroups.cut(List.of(A, B, C), 10, 30)).containsExactly(List.of(A, B), List.of(C));
    }

    @Test
    void anObjectThatIsTooLargeIsAGroupOfItsOwn() {
        assertThat(ObjectGroups.cut(List.of(C, A, B), 10, 30)).containsExactly(List.of(C), List.of(A, B));
    }

    @Test
    void anObjectThatIsToBeAloneIsAGroupOfItsOwn() {
        assertThat(ObjectGroups.cut(List.of(A, B, C), B::equals, 10, 1000))
                .containsExactly(List.of(A), List.of(B), List.of(C));
        assertThat(ObjectGroups.cut(List.of(A, B, C), A::equals, 10, 1000)).containsExactly(List.of(A), List.of(B, C));
        assertThat(ObjectGroups.cut(List.of(A, B, C), object -> true, 10, 1000)).hasSize(3);
    }

    @Test
    void nothingMakesNoGroup() {
        assertThat(ObjectGroups.cut(List.of(), 10, 30)).isEmpty();
    }

    private static ObjectVersion object(String key, long bytes) {
        return new ObjectVersion("bucket", key, "etag", bytes, Instant.EPOCH);
    }
}
