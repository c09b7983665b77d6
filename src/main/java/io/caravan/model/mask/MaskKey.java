package io.caravan.model.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The key of hashes that stand for values. It is got when it is first needed, and kept. Safe for use by several threads. */
public final class MaskKey {

    private final Supplier<String> source;
    private byte @Nullable [] bytes;

    /**
     * Gets nothing yet.
     *
     * @param source throws {@link io.caravan.base.CaravanException} if the key cannot be got now
     */
    public MaskKey(Supplier<String> source) {
        this.source = requireNonNull(source, "source");
    }

    /** Returns a copy of the key. */
    public synchronized byte[] bytes() {
        if (bytes == null) {
            bytes = source.get().getBytes(UTF_8);
        }
        return bytes.clone();
    }
}
