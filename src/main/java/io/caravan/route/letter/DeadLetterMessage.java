package io.caravan.route.letter;

import io.caravan.model.ledger.DeadLetter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.util.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Dead letters as JSON lines, as many as go into one message for the endpoint. */
final class DeadLetterMessage {

    /** An endpoint may hold a message more than once. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private @Nullable DeadLetter last;

    /** Adds a dead letter, the first in any case; returns whether there was room for it. */
    boolean add(DeadLetter letter) {
        byte[] line = (json(letter) + "\n").getBytes(StandardCharsets.UTF_8);
        if (last != null && lines.size() + line.length > MAX_BYTES) {
            return false;
        }
        lines.writeBytes(line);
        last = letter;
        return true;
    }

    /** Returns the dead letter that was added last; null if none was. */
    @Nullable
    DeadLetter last() {
        return last;
    }

    byte[] body() {
        return lines.toByteArray();
    }

    private static String json(DeadLetter letter) {
        JsonObject json = new JsonObject();
        json.put("load", letter.load());
        json.put("feed", letter.feed());
        json.put("bucket", letter.bucket());
        json.put("key", letter.key());
        json.put("etag", letter.etag());
        json.put("line", letter.line());
        json.put("column", letter.column());
        json.put("code", letter.errorCode());
        json.put("reason", letter.reason());
        json.put("raw", letter.raw());
        return json.toJson();
    }
}
