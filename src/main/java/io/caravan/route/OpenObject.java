package io.caravan.route;

import io.caravan.load.Load;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Limits;
import io.caravan.spi.ObjectBody;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * From an object version to its content, decompressed; to null if the warehouse has read the object by itself, or if it has
 * changed since it was listed and is left to a later load.
 */
public final class OpenObject implements Processor {

    @Override
    public void process(Exchange exchange) {
        Load load = LoadExchange.get(exchange);
        ObjectVersion object = exchange.getMessage().getBody(ObjectVersion.class);
        Optional<ObjectBody> body = load.open(object);
        Limits limits = load.feed().limits();
        exchange.getMessage()
                .setBody(body.map(opened -> new LimitedContent(opened.content(), limits, object.sizeBytes()))
                        .orElse(null));
    }
}
