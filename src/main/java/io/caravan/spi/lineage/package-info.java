/** Who is told of loads, as lineage has them. */
@NullMarked
package io.caravan.spi.lineage;

import org.jspecify.annotations.NullMarked;
