package io.caravan.route.letter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.ledger.DeadLetter;
import io.caravan.model.ledger.DeadLetter.Status;
import org.junit.jupiter.api.Test;

class DeadLetterMessageTest {

    private final DeadLetterMessage message = new DeadLetterMessage();

    @Test
    void aDeadLetterIsALine() {
        message.add(letter(2, "x,\"y\""));
        message.add(letter(3, "z"));

        assertThat(new String(message.body(), UTF_8))
                .isEqualTo(
                        """
                {"load":"l","feed":"f","bucket":"b","key":"k","etag":"e","line":2,"column":null,"code":"VALUE_FORMAT",\
                "reason":"no number","raw":"x,\\"y\\""}
                {"load":"l","feed":"f","bucket":"b","key":"k","etag":"e","line":3,"column":null,"code":"VALUE_FORMAT",\
                "reason":"no number","raw":"z"}
                """);
        assertThat(message.last()).isEqualTo(letter(3, "z"));
    }

    @Test
    void whatDoesNotFitIsLeftToTheNextMessage() {
        String large = "x".repeat(DeadLetterMessage.MAX_BYTES / 2);

        assertThat(message.add(letter(2, large))).isTrue();
        assertThat(message.add(letter(3, large))).isFalse();
        assertThat(message.last()).isEqualTo(letter(2, large));
        assertThat(message.body()).hasSizeLessThan(DeadLetterMessage.MAX_BYTES);
    }

    @Test
    void theFirstFitsHoweverLargeItIs() {
        assertThat(message.last()).isNull();
        assertThat(message.add(letter(2, "x".repeat(DeadLetterMessage.MAX_BYTES))))
                .isTrue();
    }

    private static DeadLetter letter(long line, String raw) {
        return new DeadLetter(
                "l", "f", "b", "k", "e", 1, line, null, "VALUE_FORMAT", "no number", raw, Status.OPEN, null);
    }
}
