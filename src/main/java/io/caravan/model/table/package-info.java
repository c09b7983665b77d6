/** Tables and their columns. */
@NullMarked
package io.caravan.model.table;

import org.jspecify.annotations.NullMarked;
