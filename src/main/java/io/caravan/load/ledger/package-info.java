/** The knowledge of the ledger about objects. */
@NullMarked
package io.caravan.load.ledger;

import org.jspecify.annotations.NullMarked;
