/** Comparisons of a table with the objects that were loaded into it. */
@NullMarked
package io.caravan.model.verify;

import org.jspecify.annotations.NullMarked;
