package io.caravan.app.history;

import io.caravan.model.ledger.PastLoad;
import io.caravan.model.ledger.PastObject;

/**
 * An object that is remembered.
 *
 * @param load the load that says so
 * @param object what it says
 */
public record FoundObject(PastLoad load, PastObject object) {}
