package io.caravan.route;

import io.caravan.model.row.Batch;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** From a batch to the staging tables. */
public final class StageBatch implements Processor {

    @Override
    public void process(Exchange exchange) {
        LoadExchange.get(exchange).stage(exchange.getMessage().getBody(Batch.class));
    }
}
