package io.caravan.route;

import io.caravan.load.Loads;
import io.caravan.route.letter.DeadLetterSender;
import io.caravan.route.letter.SendDeadLetters;
import io.caravan.spi.DeadLetters;
import io.caravan.spi.Warehouse;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The beans that route files name. */
public final class StepBeans {

    private final Loads loads;
    private final Warehouse warehouse;
    private final DeadLetters letters;
    private final @Nullable String deadLetterUri;

    /**
     * Makes the steps.
     *
     * @param deadLetterUri an endpoint that also gets the dead letters; null for none
     */
    public StepBeans(Loads loads, Warehouse warehouse, DeadLetters letters, @Nullable String deadLetterUri) {
        this.loads = loads;
        this.warehouse = warehouse;
        this.letters = letters;
        this.deadLetterUri = deadLetterUri;
    }

    /** Binds them, to the names that route files use. */
    public void bind(BiConsumer<String, Object> registry) {
        registry.accept("loads", loads);
        FeedBean feed = new FeedBean();
        feed.setLoads(loads);
        registry.accept("feed", feed);
        registry.accept("ledger", new LedgerRepository(loads.ledger()));
        registry.accept("csv", new CsvUnmarshaller());
        registry.accept("openObject", new OpenObject());
        registry.accept("checkRows", new CheckRows());
        registry.accept("cutBatches", new CutBatches());
        registry.accept("stageBatch", new StageBatch());
        registry.accept("rejectObject", new RejectObject());
        registry.accept("mergeLoad", new MergeLoad());
        registry.accept("runPostSql", new RunPostSql());
        if (deadLetterUri == null) {
            registry.accept("sendDeadLetters", new SendDeadLetters(() -> {}));
        } else {
            DeadLetterSender sender = new DeadLetterSender(warehouse, letters, deadLetterUri);
            registry.accept("sendDeadLetters", new SendDeadLetters(sender::wake));
            // Camel starts and stops it, because of what it is.
            registry.accept("deadLetterSender", sender);
        }
    }
}
