package io.caravan.app.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogLinesTest {

    private static final ZoneId ZONE = ZoneId.of("Asia/Kathmandu");

    private final LoggingEvent event = event("Loaded a\r\n2026 ERROR forged \"key\"", null);

    @Test
    void textHasTheLocalTimeAndTheInitialsOfTheLogger() {
        assertThat(text(event, false))
                .isEqualTo(
                        "2026-11-30T05:45:00.120+05:45 INFO  i.c.l.LoadTask Loaded a\\r\\n2026 ERROR forged \"key\"\n");
    }

    @Test
    void textNamesTheFeedAndTheLoad() {
        event.setMDCPropertyMap(Map.of("feed", "orders", "load", "7f3a", "trace_id", "4bf9"));

        assertThat(text(event, false)).contains(" i.c.l.LoadTask [orders 7f3a] Loaded a");
    }

    @Test
    void textHasStackTracesOnItsLineOnlyIfAskedTo() {
        LoggingEvent failed = event("No", new IllegalStateException("broken", new RuntimeException("cause")));

        assertThat(text(failed, false)).endsWith("i.c.l.LoadTask No\n");
        assertThat(text(failed, true))
                .contains("i.c.l.LoadTask No | java.lang.IllegalStateException: broken | \tat ")
                .contains(" | Caused by: java.lang.RuntimeException: cause | \t")
                .containsOnlyOnce("\n");
    }

    @Test
    void jsonHasTheFieldsOfTheSchemaAndOurOwn() {
        event.setMDCPropertyMap(Map.of("trace_id", "4bf9"));
        event.addKeyValuePair(new KeyValuePair("rows.read", 2));

        assertThat(json(event))
                .isEqualTo("{\"@timestamp\": \"2026-11-30T00:00:00.120Z\", \"ecs.version\": \"8.11.0\","
                        + " \"log.level\": \"INFO\", \"message\": \"Loaded a\\r\\n2026 ERROR forged \\\"key\\\"\","
                        + " \"service.name\": \"caravan\", \"service.version\": \"1.2\","
                        + " \"log.logger\": \"io.caravan.load.LoadTask\", \"process.thread.name\": \"main\","
                        + " \"trace.id\": \"4bf9\", \"caravan.rows.read\": \"2\"}\n");
    }

    @Test
    void jsonSaysWhereAnExceptionComesFrom() {
        assertThat(json(event("No", new IllegalStateException("broken"))))
                .contains("\"error.type\": \"java.lang.IllegalStateException\", \"error.message\": \"broken\"")
                .contains("\"error.stack_trace\": \"java.lang.IllegalStateException: broken\\n\\tat ");
        assertThat(json(event("No", new IllegalStateException()))).doesNotContain("error.message");
    }

    private static String text(LoggingEvent event, boolean stackTraces) {
        return new String(new TextLogLines(ZONE, stackTraces).encode(event), UTF_8);
    }

    private static String json(LoggingEvent event) {
        return new String(new JsonLogLines("1.2").encode(event), UTF_8);
    }

    private static LoggingEvent event(String message, @Nullable Throwable failure) {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        LoggingEvent event = new LoggingEvent(
                LogLinesTest.class.getName(),
                context.getLogger("io.caravan.load.LoadTask"),
                Level.INFO,
                message,
                failure,
                null);
        event.setInstant(Instant.parse("2026-11-30T00:00:00.120Z"));
        event.setThreadName("main");
        return event;
    }
}
