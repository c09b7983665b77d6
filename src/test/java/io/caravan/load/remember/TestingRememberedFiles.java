package io.caravan.load.remember;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.RetryableException;
import io.caravan.spi.RememberedFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What feeds remember, in memory. */
final class TestingRememberedFiles implements RememberedFiles {

    private final Map<String, byte[]> kept = new HashMap<>();
    private @Nullable RetryableException failure;

    /** Fails each time, until it is given null. */
    void fail(@Nullable RetryableException reason) {
        failure = reason;
    }

    void keep(String feed, byte[] bytes) {
        kept.put(feed, bytes);
    }

    byte @Nullable [] kept(String feed) {
        return kept.get(feed);
    }

    @Override
    public Optional<InputStream> open(String feed) {
        fail();
        return Optional.ofNullable(kept.get(feed)).map(ByteArrayInputStream::new);
    }

    @Override
    public void write(String feed, long sizeBytes, Supplier<InputStream> content) {
        fail();
        try (InputStream in = content.get()) {
            byte[] bytes = in.readAllBytes();
            assertThat(bytes).hasSize(Math.toIntExact(sizeBytes));
            kept.put(feed, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fail() {
        if (failure != null) {
            throw failure;
        }
    }
}
