package io.caravan.route;

import io.caravan.base.RejectedObjectException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Rejects the object whose reading failed with a {@link RejectedObjectException}; the load goes on without it. */
public final class RejectObject implements Processor {

    @Override
    public void process(Exchange exchange) {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (CamelFailures.find(caught) instanceof RejectedObjectException reason) {
            LoadExchange.get(exchange).reject(reason);
            // What was left of the object: Camel keeps its exchange until the load ends.
            exchange.getMessage().setBody(null);
        } else {
            throw new IllegalStateException("reached without a rejected object", caught);
        }
    }
}
