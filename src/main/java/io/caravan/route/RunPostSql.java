package io.caravan.route;

import io.caravan.model.feed.FeedSql;
import io.caravan.model.ledger.LoadRecord;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the feed's own SQL that is to run after the commit, on a connection of the pool. The load stands even if it fails. */
public final class RunPostSql implements Processor {

    private static final Logger log = LoggerFactory.getLogger(RunPostSql.class);

    @Override
    public void process(Exchange exchange) {
        FeedSql sql = LoadExchange.get(exchange).feed().sql();
        LoadRecord load = exchange.getMessage().getBody(LoadRecord.class);
        if (load == null || !sql.afterCommit()) {
            return;
        }
        try {
            LoadSql.run(exchange.getContext(), "jdbc:warehouse", sql.after());
        } catch (CamelExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            log.error(
                    "Load {} is committed, but its postSql failed: {}",
                    load.id(),
                    cause.getClass().getSimpleName());
            log.debug("The failure of postSql", cause);
        }
    }
}
