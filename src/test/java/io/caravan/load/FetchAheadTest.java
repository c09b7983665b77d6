package io.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FetchAheadTest {

    private static final int MEMORY_BYTES = 1000;

    private final TestingReader reader = new TestingReader();

    @Test
    void everyObjectIsAskedForOnceAndOpenedInOrder() {
        List<ObjectVersion> objects = objects(100, 1);

        try (FetchAhead ahead = new FetchAhead(reader, objects, MEMORY_BYTES)) {
            objects.forEach(ahead::open);
        }

        assertThat(reader.begun).isEqualTo(objects);
        assertThat(reader.opened).isEqualTo(objects);
        assertThat(reader.closed).isEmpty();
    }

    @Test
    void only32AreAhead() {
        List<ObjectVersion> objects = objects(100, 1);

        try (FetchAhead ahead = new FetchAhead(reader, objects, MEMORY_BYTES)) {
            ahead.open(objects.get(0));
            assertThat(reader.begun).isEqualTo(objects.subList(0, 32));
            ahead.open(objects.get(1));
            assertThat(reader.begun).isEqualTo(objects.subList(0, 33));
        }

        assertThat(reader.closed).isEqualTo(new HashSet<>(objects.subList(2, 33)));
    }

    /** The object that is being read counts as well. */
    @Test
    void noMoreIsInMemoryThanMayBe() {
        List<ObjectVersion> objects = objects(10, 300);

        try (FetchAhead ahead = new FetchAhead(reader, objects, MEMORY_BYTES)) {
            ahead.open(objects.get(0));
            assertThat(reader.begun).isEqualTo(objects.subList(0, 3));
            ahead.open(objects.get(1));
            assertThat(reader.begun).isEqualTo(objects.subList(0, 4));
        }
    }

    @Test
    void aLargeObjectHasHalfOfTheMemoryAndTheNextOneTheOther() {
        List<ObjectVersion> objects = objects(3, 1L << 40);

        try (FetchAhead ahead = new FetchAhead(reader, objects, MEMORY_BYTES)) {
            ahead.open(objects.get(0));
            assertThat(reader.begun).isEqualTo(objects.subList(0, 2));
            assertThat(reader.limits).containsExactly(500, 500);
        }
    }

    @Test
    void anObjectThatIsAloneHasAllOfTheMemory() {
        List<ObjectVersion> objects = objects(1, 1L << 40);

        try (FetchAhead ahead = new FetchAhead(reader, objects, MEMORY_BYTES)) {
            ahead.open(objects.get(0));
            assertThat(reader.limits).containsExactly(1000);
        }
    }

    @Test
    void skippedObjectsAreDroppedAndUnexpectedOnesOpened() {
        List<ObjectVersion> objects = objects(5, 400);
        ObjectVersion other = new ObjectVersion("b", "other", "e", 1, Instant.EPOCH);

        try (FetchAhead ahead = new FetchAhead(reader, objects, MEMORY_BYTES)) {
            ahead.open(objects.get(1));
            assertThat(reader.closed).containsExactly(objects.get(0));
            ahead.open(objects.get(3));
            ahead.open(other);
        }

        assertThat(reader.opened).containsExactly(objects.get(1), objects.get(3), other);
        assertThat(reader.closed).doesNotContain(objects.get(1), objects.get(3), other);
    }

    @Test
    void aFailureShowsWhereTheObjectIsAskedFor() {
        List<ObjectVersion> objects = objects(2, 1);
        CaravanException away = new RetryableException(ErrorCode.OBJECT_STORE_UNREACHABLE, "away");
        reader.failure = away;

        try (FetchAhead ahead = new FetchAhead(reader, objects, MEMORY_BYTES)) {
            assertThatThrownBy(() -> ahead.open(objects.get(0))).isSameAs(away);
            reader.failure = null;
            ahead.open(objects.get(1));
        }

        assertThat(reader.opened).isEqualTo(objects);
    }

    private static List<ObjectVersion> objects(int count, long bytes) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ObjectVersion("b", "k" + i, "e", bytes, Instant.EPOCH))
                .toList();
    }

    /** Says what it was asked for. */
    private static final class TestingReader implements ObjectReader {

        private final List<ObjectVersion> begun = new ArrayList<>();
        private final List<Integer> limits = new ArrayList<>();
        private final List<ObjectVersion> opened = new ArrayList<>();
        private final Set<ObjectVersion> closed = new HashSet<>();
        private @Nullable CaravanException failure;

        @Override
        public Optional<ObjectBody> open(ObjectVersion version) {
            throw new AssertionError("all of it is to be read");
        }

        @Override
        public Ahead readAhead(ObjectVersion version, int maxBytes) {
            begun.add(version);
            limits.add(maxBytes);
            return new Ahead() {
                @Override
                public Optional<ObjectBody> open() {
                    opened.add(version);
                    if (failure != null) {
                        throw failure;
                    }
                    return Optional.empty();
                }

                @Override
                public void close() {
                    closed.add(version);
                }
            };
        }
    }
}
