/** The services that the use cases need from outside, as small interfaces. */
@NullMarked
package io.caravan.spi;

import org.jspecify.annotations.NullMarked;
