package io.caravan.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/** Leaves out what the sandbox's S3 does not know: that is answered before it, or refused, and the client hears of it. */
final class KnownWarnings extends Filter<ILoggingEvent> {

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return event.getLoggerName().equals("org.gaul.s3proxy.S3ProxyHandler")
                        && event.getFormattedMessage().startsWith("Unknown parameters ")
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }
}
