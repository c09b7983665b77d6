package io.caravan.route;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.EndpointStrategy;
import org.apache.camel.support.DefaultInterceptSendToEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code aws2-s3} take the key in a message's header as it is. Camel 4.17 evaluates a key with {@code ${…}} in it as an
 * expression, which can call methods and run programs, and a step may have copied a stranger's key there: <a
 * href="https://www.tenable.com/cve/CVE-2026-95664">CVE-2026-95664</a>. The option {@code keyName} stays an expression.
 */
public final class LiteralKeys implements EndpointStrategy {

    private static final String SCHEME = "aws2-s3:";
    private static final String HEADER = "CamelAwsS3Key";

    private static final String KEY = "CaravanLiteralKey";

    /** What is evaluated instead, once: it gives the key. */
    private static final String EXPRESSION = "${exchangeProperty." + KEY + "}";

    @Override
    public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
        if (!endpoint.getEndpointUri().startsWith(SCHEME)) {
            return endpoint;
        }
        DefaultInterceptSendToEndpoint literal = new DefaultInterceptSendToEndpoint(endpoint, false);
        literal.setBefore(LiteralKeys::hide);
        literal.setAfter(LiteralKeys::show);
        return literal;
    }

    private static void hide(Exchange exchange) {
        @Nullable String key = exchange.getMessage().getHeader(HEADER, String.class);
        // After a failure the message may come a second time.
        if (key != null && !key.isEmpty() && !key.equals(EXPRESSION)) {
            exchange.setProperty(KEY, key);
            exchange.getMessage().setHeader(HEADER, EXPRESSION);
        }
    }

    private static void show(Exchange exchange) {
        Object key = exchange.removeProperty(KEY);
        if (key != null) {
            exchange.getMessage().setHeader(HEADER, key);
        }
    }
}
