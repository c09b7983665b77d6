/** The repetition of past loads, to compare a table with what its objects say. */
@NullMarked
package io.caravan.load.verify;

import org.jspecify.annotations.NullMarked;
