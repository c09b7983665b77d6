package io.caravan.load;

import io.caravan.base.RejectedObjectException;
import io.caravan.load.ledger.SameContent;
import io.caravan.load.staging.ObjectStaging;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.ObjectReader;
import java.util.Optional;
import java.util.function.Function;

/**
 * The source of a load's objects, and the knowledge about them before they are read.
 *
 * @param reader opens them
 * @param verdicts returns why an object can never be read; empty if nothing is known against it
 * @param sameContent finds the objects whose bytes are loaded already
 * @param direct stages the objects that the warehouse itself reads
 */
record LoadSource(
        ObjectReader reader,
        Function<ObjectVersion, Optional<RejectedObjectException>> verdicts,
        SameContent sameContent,
        ObjectStaging direct) {}
