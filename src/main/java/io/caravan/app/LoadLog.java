package io.caravan.app;

import io.caravan.model.LoadCounts;
import io.caravan.model.LoadRecord;
import io.caravan.model.Outcome;
import io.caravan.spi.LoadListener;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log line for each load. */
final class LoadLog implements LoadListener {

    private static final Logger log = LoggerFactory.getLogger(LoadLog.class);

    @Override
    public void loadFinished(LoadRecord load) {
        if (load.outcome() == Outcome.FAILED) {
            log.warn("Load {} of feed {} failed: {} ({})", load.id(), load.feed(), load.error(), load.errorCode());
            return;
        }
        LoadCounts counts = load.counts();
        log.info(
                "Load {} of feed {} into {}: {} objects, read {}, inserted {}, updated {}, unchanged {}, superseded {},"
                        + " rejected {}, in {} ms",
                load.id(),
                load.feed(),
                load.target(),
                load.objects().size(),
                counts.read(),
                counts.inserted(),
                counts.updated(),
                counts.unchanged(),
                counts.superseded(),
                counts.rejected(),
                Duration.between(load.started(), load.ended()).toMillis());
        load.objects().stream()
                .filter(entry -> entry.outcome() == Outcome.REJECTED)
                .forEach(entry ->
                        log.warn("Rejected {}: {} ({})", entry.object().uri(), entry.error(), entry.errorCode()));
    }
}
