/** What the first records of objects say of their columns. */
@NullMarked
package io.caravan.csv.sample;

import org.jspecify.annotations.NullMarked;
