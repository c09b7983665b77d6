package io.caravan.route.event;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventOutboxTest {

    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

    @TempDir
    private Path state;

    @Test
    void whatWasNotSentIsThereAgainForTheNextProcess() {
        EventOutbox first = new EventOutbox(state);
        first.add(event("1-1-1"));
        first.add(event("1-1-2"));
        EventOutbox.Kept sent = requireNonNull(first.first());
        assertThat(sent.id()).isEqualTo("1-1-1");
        assertThat(sent.json())
                .isEqualTo("{\"specversion\": \"1.0\", \"id\": \"1-1-1\", \"source\": \"/caravan\", \"type\":"
                        + " \"io.caravan.feed.failing\", \"subject\": \"orders\", \"time\": \"2026-11-30T10:00:00Z\","
                        + " \"datacontenttype\": \"application/json\", \"data\": {\"feed\": \"orders\"}}");
        first.remove(sent);

        EventOutbox second = new EventOutbox(state);
        EventOutbox.Kept left = requireNonNull(second.first());
        assertThat(left.json()).isEqualTo(event("1-1-2").json());
        second.remove(left);
        assertThat(second.first()).isNull();
        assertThat(new EventOutbox(state).first()).isNull();
    }

    @Test
    void aFeedThatFailedRecoversOnceWhicheverProcessSeesIt() {
        new EventOutbox(state).markFailing("orders/eu");
        EventOutbox next = new EventOutbox(state);
        assertThat(next.unmarkFailing("others")).isFalse();
        assertThat(next.unmarkFailing("orders/eu")).isTrue();
        assertThat(next.unmarkFailing("orders/eu")).isFalse();
        assertThat(new EventOutbox(state).unmarkFailing("orders/eu")).isFalse();
    }

    @Test
    void withoutADirectoryItIsInMemoryAlone() {
        EventOutbox outbox = new EventOutbox(null);
        outbox.add(event("1-1-1"));
        outbox.markFailing("orders");
        assertThat(requireNonNull(outbox.first()).file()).isNull();
        assertThat(outbox.unmarkFailing("orders")).isTrue();
    }

    private static CloudEvent event(String id) {
        return new CloudEvent(id, "feed.failing", "orders", NOW, Map.of("feed", "orders"));
    }
}
