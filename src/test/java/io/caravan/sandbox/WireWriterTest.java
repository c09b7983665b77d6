package io.caravan.sandbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WireWriterTest {

    /** A peer so fast that its answer is acted on before the write that it answers has returned. */
    private static final class FastPeer extends ByteArrayOutputStream {

        private @Nullable Thread answer;

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (answer != null && answer.getState() == Thread.State.NEW) {
                answer.start();
                while (answer.getState() != Thread.State.BLOCKED && answer.getState() != Thread.State.TERMINATED) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Test
    void anAnswerBeforeFlushReturnsLosesNothing() throws Exception {
        FastPeer peer = new FastPeer();
        WireWriter writer = new WireWriter(peer);
        Thread answer = new Thread(() -> message(writer, "data"));
        peer.answer = answer;
        message(writer, "COPY");
        writer.flush();
        answer.join();
        writer.flush();

        assertThat(peer.toString(US_ASCII)).isEqualTo("d\0\0\0\bCOPYd\0\0\0\bdata");
    }

    private static void message(WireWriter writer, String body) {
        try {
            writer.message('d', body.getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
