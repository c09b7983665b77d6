package io.caravan.route;

import io.caravan.load.Load;
import io.caravan.model.row.ParsedRow;
import java.util.Iterator;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** From rows to batches. */
public final class CutBatches implements Processor {

    @Override
    @SuppressWarnings("unchecked") // Camel's bodies have no type arguments; checkRows made this one.
    public void process(Exchange exchange) {
        Load load = LoadExchange.get(exchange);
        Iterator<? extends ParsedRow> rows = exchange.getMessage().getBody(Iterator.class);
        exchange.getMessage().setBody(load.batches(rows));
    }
}
