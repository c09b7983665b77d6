package io.caravan.app.action;

import io.caravan.app.command.SqlCommand;
import io.caravan.app.settings.Settings;
import io.caravan.app.wiring.Wiring;
import io.caravan.redshift.RedshiftWarehouse;
import io.caravan.redshift.SqlRows;

/** Runs a statement of somebody's own in the warehouse of the settings. */
public final class RunSql implements SqlCommand.Running {

    @Override
    public long run(Settings settings, String sql, long limit, SqlRows rows) {
        try (RedshiftWarehouse warehouse = Wiring.connected(settings)) {
            return warehouse.run(sql, limit, rows);
        }
    }
}
