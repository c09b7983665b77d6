/** The session in which past loads are repeated and compared with their table. */
@NullMarked
package io.caravan.spi.verify;

import org.jspecify.annotations.NullMarked;
