/** The queries of a preview, which changes nothing in the warehouse. */
@NullMarked
package io.caravan.spi.preview;

import org.jspecify.annotations.NullMarked;
