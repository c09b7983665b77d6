/** COPY: reads objects, writes rows. */
@NullMarked
package io.caravan.sandbox.copy;

import org.jspecify.annotations.NullMarked;
