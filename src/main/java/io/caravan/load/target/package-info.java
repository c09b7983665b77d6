/** The target table: found, designed, created. */
@NullMarked
package io.caravan.load.target;

import org.jspecify.annotations.NullMarked;
