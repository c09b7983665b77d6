/** Records in which values that nobody is to see are masked, their text too. */
@NullMarked
package io.caravan.csv.mask;

import org.jspecify.annotations.NullMarked;
