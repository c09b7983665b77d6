package io.caravan.route;

import io.caravan.csv.RowReader;
import io.caravan.load.Batches;
import io.caravan.load.Load;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** From rows to batches. */
public final class CutBatches implements Processor {

    @Override
    public void process(Exchange exchange) {
        Load load = LoadExchange.get(exchange);
        RowReader rows = exchange.getMessage().getBody(RowReader.class);
        exchange.getMessage()
                .setBody(new Batches(
                        rows, rows.columns(), load.keys(), load.feed().limits().rowsPerBatch()));
    }
}
