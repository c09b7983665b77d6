package io.caravan.app.action;

import io.caravan.app.camel.FeedFile;
import io.caravan.app.check.OverlappingPrefixes;
import io.caravan.app.check.PlainConnections;
import io.caravan.app.check.SharedTables;
import io.caravan.app.settings.Settings;
import io.caravan.aws.AwsPlace;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what works, and may do what nobody wants. */
final class Warnings {

    private static final Logger log = LoggerFactory.getLogger(Warnings.class);

    private Warnings() {}

    static void ofPlainConnections(Settings settings) {
        PlainConnections.warnings(settings, AwsPlace.ofProcess()).forEach(log::warn);
    }

    /** Logs what feeds do to each other. */
    static void of(List<FeedFile> feeds) {
        SharedTables.warnings(feeds).forEach(warning -> log.warn("Table {}: {}", warning.target(), warning.text()));
        OverlappingPrefixes.warnings(feeds).forEach(warning -> log.warn("Feed {}: {}", warning.feed(), warning.text()));
    }
}
