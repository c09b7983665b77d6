package io.caravan.app.action;

import io.caravan.app.camel.FeedFile;
import io.caravan.app.service.Publications;
import io.caravan.app.wiring.Wiring;
import io.caravan.aws.catalog.GlueConnection;
import io.caravan.base.CaravanException;
import io.caravan.load.publish.CatalogPublisher;
import io.caravan.model.catalog.CatalogName;
import io.caravan.model.feed.Feed;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the tables of the Data Catalog true to what one pass has loaded. */
final class CatalogPass {

    private static final Logger log = LoggerFactory.getLogger(CatalogPass.class);

    private CatalogPass() {}

    /** Writes those of some feeds; the next load, or crawl, does what fails. */
    static void publish(Wiring wiring, List<FeedFile> files, List<Feed> all) {
        try (GlueConnection glue = new GlueConnection()) {
            CatalogPublisher publisher = wiring.publisher(glue.tables());
            files.forEach(file -> publish(publisher, file, all));
        } catch (CaravanException e) {
            log.warn("The Data Catalog is not as what is loaded: {} ({})", e.getMessage(), e.code());
        }
    }

    private static void publish(CatalogPublisher publisher, FeedFile file, List<Feed> all) {
        @Nullable CatalogName table = file.publishTo();
        if (table == null) {
            return;
        }
        try {
            publisher.publish(file.feed(), all, table, false, false).ifPresent(Publications::log);
        } catch (CaravanException e) {
            log.warn(
                    "The table {} of the Data Catalog is not as what feed {} has loaded, until the next load or crawl: {} ({})",
                    table,
                    file.feed().name(),
                    e.getMessage(),
                    e.code());
        }
    }
}
