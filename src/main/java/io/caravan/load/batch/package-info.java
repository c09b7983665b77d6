/** Rows in batches, and those that repeat keys. */
@NullMarked
package io.caravan.load.batch;

import org.jspecify.annotations.NullMarked;
