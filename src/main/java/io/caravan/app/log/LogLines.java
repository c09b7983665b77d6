package io.caravan.app.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;

/** Writes one line for each event, as UTF-8. */
abstract class LogLines extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};

    /** Returns the event's line, without a line feed. */
    abstract String line(ILoggingEvent event);

    @Override
    public final byte[] encode(ILoggingEvent event) {
        return (line(event) + '\n').getBytes(UTF_8);
    }

    @Override
    public final byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public final byte[] footerBytes() {
        return NOTHING;
    }
}
