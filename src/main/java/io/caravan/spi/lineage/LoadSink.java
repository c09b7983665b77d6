package io.caravan.spi.lineage;

import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PastObject;
import java.io.IOException;
import java.util.List;

/** Is told of each load that is over, as often as it takes; perhaps again of one that it knows. */
public interface LoadSink extends AutoCloseable {

    /** Needs to be told nothing. */
    LoadSink NONE = (load, objects) -> {};

    /**
     * Tells of a load.
     *
     * @param objects all that it dealt with; empty if it failed
     * @throws IOException if that has to be done again; its message says why, and shows no secret
     */
    void tell(PastLoad load, List<PastObject> objects) throws IOException;

    /** Lets go of what it holds; whoever tells it something afterwards opens it anew. */
    @Override
    default void close() {}
}
