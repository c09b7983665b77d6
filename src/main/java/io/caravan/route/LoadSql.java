package io.caravan.route;

import org.apache.camel.CamelContext;

/** Runs SQL through a {@code jdbc:} endpoint. */
final class LoadSql {

    private LoadSql() {}

    /**
     * Runs a statement; nothing if it is empty.
     *
     * @throws org.apache.camel.CamelExecutionException if it fails
     */
    static void run(CamelContext context, String uri, String statement) {
        if (!statement.isEmpty()) {
            context.createFluentProducerTemplate().to(uri).withBody(statement).request();
        }
    }
}
