/** What the ledger says of objects. */
@NullMarked
package io.caravan.load.ledger;

import org.jspecify.annotations.NullMarked;
