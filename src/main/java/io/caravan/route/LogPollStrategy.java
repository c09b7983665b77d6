package io.caravan.route;

import io.caravan.base.CaravanException;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in one line why a poll failed; the next poll tries again. */
final class LogPollStrategy extends DefaultPollingConsumerPollStrategy {

    private static final Logger log = LoggerFactory.getLogger(LogPollStrategy.class);

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception failure) {
        CaravanException reason = Failures.find(failure);
        if (reason == null) {
            log.error("Could not poll {}; trying again", endpoint.getEndpointKey(), failure);
        } else {
            log.error("{} ({}); trying again", reason.getMessage(), reason.code());
        }
        return false;
    }
}
