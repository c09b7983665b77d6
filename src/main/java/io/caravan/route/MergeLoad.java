package io.caravan.route;

import io.caravan.load.Load;
import io.caravan.load.LoadScripts;
import io.caravan.model.feed.FeedSql;
import io.caravan.model.ledger.LoadRecord;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Merges what is staged into the target. The body is then the {@link LoadRecord}, or null if there was nothing to merge. A
 * feed's own SQL goes through Camel's {@code jdbc:load}, which speaks on the load's connection.
 */
public final class MergeLoad implements Processor {

    private static final String TRANSACTION = "jdbc:load?resetAutoCommit=false";

    @Override
    public void process(Exchange exchange) {
        Load load = LoadExchange.get(exchange);
        Optional<LoadRecord> merged =
                load.commit(scripts(exchange.getContext(), load.feed().sql()));
        exchange.getMessage().setBody(merged.orElse(null));
        if (LoadExchange.trial(exchange).isPresent()) {
            // What follows is for a load that is committed.
            exchange.setRouteStop(true);
        }
    }

    private static LoadScripts scripts(CamelContext context, FeedSql sql) {
        return new LoadScripts() {
            @Override
            public void beforeMerge() {
                LoadSql.run(context, TRANSACTION, sql.before());
            }

            @Override
            public void afterMerge() {
                if (!sql.afterCommit()) {
                    LoadSql.run(context, TRANSACTION, sql.after());
                }
            }
        };
    }
}
