package io.caravan.route.letter;

import static java.util.Objects.requireNonNull;

import io.caravan.model.ledger.LoadRecord;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Says that a load has left dead letters to send. Who sends them does so at leisure: no load waits for that. */
public final class SendDeadLetters implements Processor {

    private final Runnable sender;

    public SendDeadLetters(Runnable sender) {
        this.sender = requireNonNull(sender, "sender");
    }

    @Override
    public void process(Exchange exchange) {
        LoadRecord load = exchange.getMessage().getBody(LoadRecord.class);
        if (load != null && load.counts().rejected() > 0) {
            sender.run();
        }
    }
}
