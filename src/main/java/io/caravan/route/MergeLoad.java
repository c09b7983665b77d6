package io.caravan.route;

import io.caravan.load.Load;
import io.caravan.model.LoadRecord;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Merges what is staged into the target. The body is then the {@link LoadRecord}, or null if there was nothing to merge. */
public final class MergeLoad implements Processor {

    @Override
    public void process(Exchange exchange) {
        Load load = LoadExchange.get(exchange);
        Optional<LoadRecord> merged = load.commit();
        exchange.setProperty(S3ObjectsConsumer.DONE, load.dealtWith());
        exchange.getMessage().setBody(merged.orElse(null));
    }
}
