/** What the ledger and the dead letters hold. */
@NullMarked
package io.caravan.model.ledger;

import org.jspecify.annotations.NullMarked;
