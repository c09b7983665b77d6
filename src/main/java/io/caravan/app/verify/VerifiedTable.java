package io.caravan.app.verify;

import io.caravan.load.remember.RememberedCheck;
import io.caravan.load.verify.TableVerification;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A table that was compared.
 *
 * @param result with its objects
 * @param remembered with the rows that feeds remember, by their names; without feeds that remember none
 */
public record VerifiedTable(TableVerification result, Map<String, RememberedCheck.Result> remembered) {

    public VerifiedTable {
        remembered = Collections.unmodifiableMap(new LinkedHashMap<>(remembered));
    }

    /** Returns whether a feed remembers other rows than the table has. */
    boolean remembersOthers() {
        return remembered.values().stream().anyMatch(RememberedCheck.Result::differs);
    }
}
