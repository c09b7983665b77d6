/** Rows, and the form in which their values are kept. */
@NullMarked
package io.caravan.model.row;

import org.jspecify.annotations.NullMarked;
