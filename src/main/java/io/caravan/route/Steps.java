package io.caravan.route;

import io.caravan.load.Loads;
import io.caravan.spi.Warehouse;
import org.apache.camel.spi.Registry;
import org.jspecify.annotations.Nullable;

/** The beans that route files name. */
public final class Steps {

    private final Loads loads;
    private final Warehouse warehouse;
    private final @Nullable String deadLetterUri;

    /**
     * Makes the steps.
     *
     * @param deadLetterUri an endpoint that also gets the dead letters; null for none
     */
    public Steps(Loads loads, Warehouse warehouse, @Nullable String deadLetterUri) {
        this.loads = loads;
        this.warehouse = warehouse;
        this.deadLetterUri = deadLetterUri;
    }

    /** Binds them under the names that route files use. */
    public void bind(Registry registry) {
        registry.bind("loads", loads);
        registry.bind("ledger", new LedgerRepository(loads));
        registry.bind("csv", new CaravanCsv());
        registry.bind("openObject", new OpenObject());
        registry.bind("checkRows", new CheckRows());
        registry.bind("cutBatches", new CutBatches());
        registry.bind("stageBatch", new StageBatch());
        registry.bind("rejectObject", new RejectObject());
        registry.bind("mergeLoad", new MergeLoad());
        registry.bind("sendDeadLetters", new SendDeadLetters(warehouse, deadLetterUri));
    }
}
