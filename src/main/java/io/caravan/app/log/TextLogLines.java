package io.caravan.app.log;

import static java.util.stream.Collectors.joining;

import ch.qos.logback.classic.pattern.TargetLengthBasedClassNameAbbreviator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Events for people: the time, the level, the logger, the feed and the load, the message. */
final class TextLogLines extends LogLines {

    private final DateTimeFormatter time;
    private final boolean stackTraces;
    private final TargetLengthBasedClassNameAbbreviator initials = new TargetLengthBasedClassNameAbbreviator(1);

    /** @param stackTraces whether a message is followed by where its exception comes from */
    TextLogLines(ZoneId zone, boolean stackTraces) {
        time = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
                .withZone(zone);
        this.stackTraces = stackTraces;
    }

    @Override
    String line(ILoggingEvent event) {
        return time.format(event.getInstant())
                + ' '
                + padded(event.getLevel().toString())
                + ' '
                + initials.abbreviate(event.getLoggerName())
                + ' '
                + context(event.getMDCPropertyMap())
                + onOneLine(event.getFormattedMessage() + stackTrace(event.getThrowableProxy()));
    }

    /** To the length of the longest level. */
    private static String padded(String level) {
        return level + " ".repeat(5 - level.length());
    }

    private static String context(Map<String, String> mdc) {
        String context =
                Stream.of("feed", "load").map(mdc::get).filter(Objects::nonNull).collect(joining(" "));
        return context.isEmpty() ? "" : '[' + context + "] ";
    }

    private String stackTrace(@Nullable IThrowableProxy failure) {
        return failure == null || !stackTraces
                ? ""
                : " | " + ThrowableProxyUtil.asString(failure).lines().collect(joining(" | "));
    }

    /** What an object key or a message holds cannot forge another event. */
    private static String onOneLine(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n");
    }
}
