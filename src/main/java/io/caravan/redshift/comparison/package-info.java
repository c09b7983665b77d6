/** Comparisons of a target with staged rows, and with the rows that it should have. */
@NullMarked
package io.caravan.redshift.comparison;

import org.jspecify.annotations.NullMarked;
