package io.caravan.route;

import static java.util.Objects.requireNonNull;

import io.caravan.base.CaravanException;
import io.caravan.model.DeadLetter;
import io.caravan.model.DeadLetterFilter;
import io.caravan.model.LoadRecord;
import io.caravan.spi.DeadLetters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.converter.stream.CachedOutputStream;
import org.apache.camel.util.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Also sends a load's dead letters to an endpoint: one message of JSON lines a load, after the commit. The table has them
 * whatever becomes of the message.
 */
public final class SendDeadLetters implements Processor {

    /** Header with the load's id. */
    public static final String LOAD = "CaravanLoadId";

    /** Header with the feed's name. */
    public static final String FEED = "CaravanFeed";

    private static final Logger log = LoggerFactory.getLogger(SendDeadLetters.class);

    private final DeadLetters letters;
    private final @Nullable String uri;

    /**
     * Sends dead letters.
     *
     * @param uri the endpoint; null to send nothing
     */
    public SendDeadLetters(DeadLetters letters, @Nullable String uri) {
        this.letters = requireNonNull(letters, "letters");
        this.uri = uri;
    }

    @Override
    public void process(Exchange exchange) {
        LoadRecord load = exchange.getMessage().getBody(LoadRecord.class);
        if (uri == null || load == null || load.counts().rejected() == 0) {
            return;
        }
        try {
            send(exchange, load, uri);
        } catch (CaravanException | IOException e) {
            log.warn(
                    "Could not send the dead letters of load {} to caravan.dead-letter.uri; they are in"
                            + " caravan.dead_letters: {}",
                    load.id(),
                    e.getMessage());
        }
    }

    private void send(Exchange exchange, LoadRecord load, String endpointUri) throws IOException {
        // Spools to disk beyond its threshold: rejected rows may be many.
        try (CachedOutputStream lines = new CachedOutputStream(exchange)) {
            letters.read(DeadLetterFilter.ofLoad(load.id()), Long.MAX_VALUE, letter -> write(letter, lines));
            Exchange sent = exchange.getContext()
                    .createFluentProducerTemplate()
                    .to(endpointUri)
                    .withBody(lines.getInputStream())
                    .withHeader(LOAD, load.id())
                    .withHeader(FEED, load.feed())
                    .send();
            if (sent.getException() != null) {
                throw new IOException(sent.getException().getClass().getSimpleName(), sent.getException());
            }
        }
    }

    private static void write(DeadLetter letter, CachedOutputStream lines) {
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
        try {
            lines.write((json.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
