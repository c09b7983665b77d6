/** Previews of loads: the options of people, and the results. */
@NullMarked
package io.caravan.load.preview;

import org.jspecify.annotations.NullMarked;
