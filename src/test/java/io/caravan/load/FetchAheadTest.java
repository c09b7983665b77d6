package io.caravan.load;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.base.RetryableException;
import io.caravan.model.ContentHash;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectReader;
import io.caravan.testing.Waiting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FetchAheadTest {

    private static final String VERSION_ID = "v";

    private final TestingReader reader = new TestingReader();

    @Test
    void everyObjectIsAsItWasStoredAndReadOnce() throws Exception {
        List<ObjectVersion> objects = IntStream.range(0, 50)
                .mapToObj(i -> reader.put("k" + i, "content " + i))
                .toList();
        reader.delete(objects.get(7));

        List<String> contents = new ArrayList<>();
        try (FetchAhead ahead = new FetchAhead(reader, objects)) {
            for (ObjectVersion object : objects) {
                contents.add(text(ahead.open(object)));
            }
        }

        List<String> expected = new ArrayList<>(
                objects.stream().map(o -> "content " + o.key().substring(1)).toList());
        expected.set(7, "gone");
        assertThat(contents).isEqualTo(expected);
        assertThat(reader.opened).hasSize(50).doesNotHaveDuplicates();
        assertThat(reader.open).hasValue(0);
    }

    @Test
    void aFewSmallObjectsAreReadBeforeTheyAreAskedForAndLargeOnesAreNot() throws Exception {
        List<ObjectVersion> objects = new ArrayList<>();
        String small = "x".repeat(FetchAhead.MAX_BYTES);
        for (int i = 0; i < 12; i++) {
            objects.add(i == 2 ? reader.put("large", small + "x") : reader.put("k" + i, small));
        }

        try (FetchAhead ahead = new FetchAhead(reader, objects)) {
            assertThat(ahead.open(objects.get(0))).isPresent();
            Waiting.until("seven small ones have been read", () -> reader.opened.size() == 7 && reader.open.get() == 0);
            assertThat(reader.opened).doesNotContain(objects.get(2), objects.get(8));

            assertThat(ahead.open(objects.get(1))).isPresent();
            assertThat(text(ahead.open(objects.get(2)))).hasSize(FetchAhead.MAX_BYTES + 1);
        }
        assertThat(reader.open).hasValue(0);
    }

    @Test
    void asManyAreAheadAsFitIfAllAreLikeTheLargest() throws Exception {
        String halfOfAll = "x".repeat(FetchAhead.MAX_BYTES / 2);
        List<ObjectVersion> objects = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            objects.add(reader.put("k" + i, i == 50 ? halfOfAll : "x"));
        }

        try (FetchAhead ahead = new FetchAhead(reader, objects)) {
            assertThat(ahead.open(objects.get(0))).isPresent();
            assertThat(ahead.open(objects.get(1))).isPresent();
            Waiting.until("32 behind the first are ahead", () -> reader.opened.size() == 33 && reader.open.get() == 0);

            for (int i = 2; i < 51; i++) {
                assertThat(ahead.open(objects.get(i))).isPresent();
            }
            assertThat(ahead.open(objects.get(51))).isPresent();
            Waiting.until("those that were ahead have been read", () -> reader.open.get() == 0);
            assertThat(reader.opened).doesNotContain(objects.get(82));
        }
    }

    @Test
    void noMoreIsInMemoryThanMayBeThoughTheFirstObjectsWereSmall() throws Exception {
        CountDownLatch mayBeRead = new CountDownLatch(1);
        List<ObjectVersion> objects = new ArrayList<>(List.of(reader.put("a", "x"), reader.put("b", "x")));
        for (int i = 0; i < 40; i++) {
            objects.add(reader.put("k" + i, "x".repeat(FetchAhead.MAX_BYTES), 10));
            reader.hold(objects.get(2 + i), mayBeRead);
        }

        try (FetchAhead ahead = new FetchAhead(reader, objects)) {
            assertThat(text(ahead.open(objects.get(0)))).isEqualTo("x");
            assertThat(text(ahead.open(objects.get(1)))).isEqualTo("x");
            mayBeRead.countDown();
            Waiting.until("32 behind the first are ahead", () -> reader.opened.size() == 33 && reader.open.get() == 0);
            for (ObjectVersion object : objects.subList(2, 33)) {
                assertThat(text(ahead.open(object))).hasSize(FetchAhead.MAX_BYTES);
            }
        }

        // Of the 31 large ones that were ahead no more than eight were kept.
        assertThat(reader.opened.stream().filter(objects.subList(2, 33)::contains))
                .hasSizeGreaterThanOrEqualTo(31 + 31 - 8);
        assertThat(reader.open).hasValue(0);
    }

    @Test
    void failuresShowWhereTheyAre() throws Exception {
        CaravanException unreachable = new RetryableException(ErrorCode.OBJECT_STORE_UNREACHABLE, "away");
        CaravanException damaged = new RejectedObjectException(ErrorCode.OBJECT_COMPRESSION, "damaged");
        ObjectVersion good = reader.put("good", "1");
        ObjectVersion broken = reader.put("broken", "12345");
        ObjectVersion away = reader.put("away", "1");
        reader.fail(away, unreachable);
        reader.breakOff(broken, damaged);

        try (FetchAhead ahead = new FetchAhead(reader, List.of(good, broken, away))) {
            assertThat(text(ahead.open(good))).isEqualTo("1");
            InputStream content = ahead.open(broken).orElseThrow().content();
            assertThat(content.readNBytes(5)).isEqualTo("12345".getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(content::read).isSameAs(damaged);
            assertThatThrownBy(() -> content.read(new byte[1])).isSameAs(damaged);
            assertThatThrownBy(() -> ahead.open(away)).isSameAs(unreachable);
        }
        assertThat(reader.open).hasValue(0);
    }

    @Test
    void whatDecompressesToMuchIsOpenedAnew() throws Exception {
        List<ObjectVersion> objects = IntStream.range(0, 20)
                .mapToObj(i -> reader.put("k" + i, "x".repeat(FetchAhead.MAX_BYTES + 1), 1000))
                .toList();

        try (FetchAhead ahead = new FetchAhead(reader, objects)) {
            for (ObjectVersion object : objects) {
                assertThat(text(ahead.open(object))).hasSize(FetchAhead.MAX_BYTES + 1);
            }
        }

        // Those that were under way when the first of them proved too large.
        assertThat(reader.opened).hasSizeBetween(21, 29);
        assertThat(reader.open).hasValue(0);
    }

    @Test
    void nothingIsReadAfterItIsClosed() throws Exception {
        List<ObjectVersion> objects =
                IntStream.range(0, 50).mapToObj(i -> reader.put("k" + i, "x")).toList();

        try (FetchAhead ahead = new FetchAhead(reader, objects)) {
            assertThat(ahead.open(objects.get(0))).isPresent();
        }

        Waiting.until("nothing is open", () -> reader.open.get() == 0);
        assertThat(reader.opened).hasSizeLessThanOrEqualTo(32);
    }

    private static String text(Optional<ObjectBody> opened) throws IOException {
        if (opened.isEmpty()) {
            return "gone";
        }
        try (ObjectBody body = opened.get()) {
            assertThat(body.versionId()).hasValue(VERSION_ID);
            return new String(body.content().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Objects in memory, that says which were opened, and how many are. */
    private static final class TestingReader implements ObjectReader {

        private final Map<ObjectVersion, Supplier<InputStream>> contents = new HashMap<>();
        private final ConcurrentLinkedQueue<ObjectVersion> opened = new ConcurrentLinkedQueue<>();
        private final AtomicInteger open = new AtomicInteger();

        ObjectVersion put(String key, String content) {
            return put(key, content, content.length());
        }

        ObjectVersion put(String key, String content, long storedBytes) {
            ObjectVersion object = new ObjectVersion("b", key, "e", storedBytes, Instant.EPOCH);
            contents.put(object, () -> new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
            return object;
        }

        void delete(ObjectVersion object) {
            contents.remove(object);
        }

        void fail(ObjectVersion object, CaravanException failure) {
            contents.put(object, () -> {
                throw failure;
            });
        }

        void hold(ObjectVersion object, CountDownLatch mayBeRead) {
            Supplier<InputStream> content = requireNonNull(contents.get(object));
            contents.put(object, () -> {
                await(mayBeRead);
                return content.get();
            });
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }

        void breakOff(ObjectVersion object, CaravanException failure) {
            Supplier<InputStream> start = requireNonNull(contents.get(object));
            contents.put(object, () -> new SequenceInputStream(start.get(), new BrokenStream(failure)));
        }

        @Override
        public Optional<ObjectBody> open(ObjectVersion version) {
            Supplier<InputStream> content = contents.get(version);
            Optional<ObjectBody> body = content == null ? Optional.empty() : Optional.of(new Body(content.get(), open));
            // Whoever sees it here sees its body open, if it is not read by now.
            opened.add(version);
            return body;
        }
    }

    private static final class BrokenStream extends InputStream {

        private final CaravanException failure;

        BrokenStream(CaravanException failure) {
            this.failure = failure;
        }

        @Override
        public int read() {
            throw failure;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            throw failure;
        }
    }

    private record Body(InputStream content, AtomicInteger open) implements ObjectBody {

        Body {
            open.incrementAndGet();
        }

        @Override
        public Optional<String> versionId() {
            return Optional.of(VERSION_ID);
        }

        @Override
        public boolean isCompressed() {
            return false;
        }

        @Override
        public long storedBytesRead() {
            return 0;
        }

        @Override
        public Optional<ContentHash> contentHash() {
            return Optional.empty();
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
