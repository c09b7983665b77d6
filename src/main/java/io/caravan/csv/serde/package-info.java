/** What readers of a catalog's tables make of objects, line by line, held against what a feed makes of them. */
@NullMarked
package io.caravan.csv.serde;

import org.jspecify.annotations.NullMarked;
