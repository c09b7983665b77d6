/** What the values of a column say: of how they are written, of what stands for NULL, and of keys. */
@NullMarked
package io.caravan.csv.guess;

import org.jspecify.annotations.NullMarked;
