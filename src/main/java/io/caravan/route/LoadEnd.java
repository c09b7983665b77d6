package io.caravan.route;

import io.caravan.load.Load;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.MDC;

/** Whatever becomes of the exchange, its load ends with it. */
final class LoadEnd extends SynchronizationAdapter {

    private final Load load;

    LoadEnd(Load load) {
        this.load = load;
    }

    @Override
    public void onFailure(Exchange exchange) {
        try {
            load.fail(CamelFailures.known(exchange.getException()));
        } finally {
            super.onFailure(exchange);
        }
    }

    @Override
    public void onDone(Exchange exchange) {
        load.close();
        MDC.remove(FeedBean.MDC_LOAD);
    }
}
