/** What a preview asks of the warehouse in the place of changing it. */
@NullMarked
package io.caravan.spi.preview;

import org.jspecify.annotations.NullMarked;
