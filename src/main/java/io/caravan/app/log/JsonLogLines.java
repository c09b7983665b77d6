package io.caravan.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.caravan.base.JsonText;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Events for machines: a JSON object each, with the fields of the Elastic Common Schema, and Caravan's own behind the prefix
 * {@code caravan.}; a field without a value is left out.
 *
 * @see <a href="https://www.elastic.co/docs/reference/ecs">Elastic Common Schema</a>
 */
final class JsonLogLines extends LogLines {

    /** Names of what the thread is at work on that are the schema's own. */
    private static final Map<String, String> SCHEMA_NAMES = Map.of("trace_id", "trace.id", "span_id", "span.id");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final String version;

    /** @param version Caravan's */
    JsonLogLines(String version) {
        this.version = version;
    }

    @Override
    String line(ILoggingEvent event) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("@timestamp", TIME.format(event.getInstant()));
        fields.put("ecs.version", "8.11.0");
        fields.put("log.level", event.getLevel().toString());
        fields.put("message", event.getFormattedMessage());
        fields.put("service.name", "caravan");
        fields.put("service.version", version);
        fields.put("log.logger", event.getLoggerName());
        fields.put("process.thread.name", event.getThreadName());
        event.getMDCPropertyMap().forEach((name, value) -> fields.put(field(name), value));
        @Nullable List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> fields.put(field(pair.key), String.valueOf(pair.value)));
        }
        @Nullable IThrowableProxy failure = event.getThrowableProxy();
        if (failure != null) {
            fields.put("error.type", failure.getClassName());
            fields.put("error.message", failure.getMessage());
            fields.put("error.stack_trace", ThrowableProxyUtil.asString(failure));
        }
        fields.values().removeIf(value -> value == null);
        return JsonText.of(fields);
    }

    private static String field(String name) {
        return SCHEMA_NAMES.getOrDefault(name, "caravan." + name);
    }
}
