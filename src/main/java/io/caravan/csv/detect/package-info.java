/** Finds out by samples of objects how they are written; reads and changes nothing. */
@NullMarked
package io.caravan.csv.detect;

import org.jspecify.annotations.NullMarked;
