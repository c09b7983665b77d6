/** Rows that a feed remembers, so that unchanged ones are not staged. */
@NullMarked
package io.caravan.load.remember;

import org.jspecify.annotations.NullMarked;
