package io.caravan.app.action;

import io.caravan.app.command.pass.LoadReading;
import io.caravan.app.settings.Settings;
import io.caravan.app.wiring.Wiring;
import io.caravan.model.ledger.LoadFilter;
import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PastObject;
import io.caravan.model.table.TableName;
import io.caravan.redshift.RedshiftWarehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads the run history. */
public final class LoadActions implements LoadReading {

    @Override
    public long read(Settings settings, LoadFilter filter, long limit, Consumer<PastLoad> action) {
        try (RedshiftWarehouse warehouse = Wiring.connected(settings)) {
            return warehouse.ledger().readLoads(filter, limit, action);
        }
    }

    @Override
    public Details details(Settings settings, PastLoad load) {
        try (RedshiftWarehouse warehouse = Wiring.connected(settings)) {
            List<PastObject> objects = new ArrayList<>();
            warehouse.ledger().readObjects(TableName.parse(load.target()), load.id(), Long.MAX_VALUE, objects::add);
            return new Details(objects, warehouse.deadLetters().rejectedRows(List.of(load.id())));
        }
    }
}
