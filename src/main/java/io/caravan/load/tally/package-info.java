/** The outcomes and counts of a load and of its objects. */
@NullMarked
package io.caravan.load.tally;

import org.jspecify.annotations.NullMarked;
