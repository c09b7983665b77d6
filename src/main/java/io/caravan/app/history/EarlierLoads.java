package io.caravan.app.history;

import io.caravan.base.CaravanException;
import io.caravan.model.ledger.LoadFilter;
import io.caravan.model.ledger.PastAct;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.table.TableName;
import io.caravan.spi.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a history remember the last loads into a table, and what people have done, at a moment at which the warehouse is asked about it anyway. */
public final class EarlierLoads {

    /** Of a target. */
    private static final int LOADS = 200;

    private static final int ACTS = 200;

    private static final Logger log = LoggerFactory.getLogger(EarlierLoads.class);

    private final LoadHistory history;
    private final Ledger ledger;
    private final AtomicBoolean hasActs = new AtomicBoolean();

    public EarlierLoads(LoadHistory history, Ledger ledger) {
        this.history = history;
        this.ledger = ledger;
    }

    /** Reads them; what cannot be read now is only missed by who looks. */
    public void read(TableName target) {
        readActs();
        List<PastLoad> found = new ArrayList<>();
        try {
            ledger.readLoads(LoadFilter.into(target), LOADS, found::add);
        } catch (CaravanException e) {
            log.debug("The earlier loads into {} cannot be read: {}", target, e.getMessage());
        }
        history.remember(found);
    }

    /** Once, with the first of the targets. */
    private void readActs() {
        if (!hasActs.compareAndSet(false, true)) {
            return;
        }
        List<PastAct> acts = new ArrayList<>();
        try {
            ledger.readActs(ACTS, acts::add);
        } catch (CaravanException e) {
            log.debug("What people have done before cannot be read: {}", e.getMessage());
        }
        history.rememberActs(acts);
    }
}
