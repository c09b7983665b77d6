package io.caravan.load;

import io.caravan.base.RejectedObjectException;
import io.caravan.load.ledger.SameContent;
import io.caravan.load.staging.ObjectStaging;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.ObjectReader;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the objects of a load are read, and what is known of them before.
 *
 * @param reader opens them
 * @param verdicts says of an object that it can never be read; empty if nobody knows that
 * @param sameContent tells those whose bytes are loaded
 * @param direct stages those that need not be read here
 */
record LoadSource(
        ObjectReader reader,
        Function<ObjectVersion, Optional<RejectedObjectException>> verdicts,
        SameContent sameContent,
        ObjectStaging direct) {}
