/** From texts to values: numbers, dates, names. */
@NullMarked
package io.caravan.csv.value;

import org.jspecify.annotations.NullMarked;
