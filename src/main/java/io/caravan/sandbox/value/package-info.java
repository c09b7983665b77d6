/** Values as COPY reads them. */
@NullMarked
package io.caravan.sandbox.value;

import org.jspecify.annotations.NullMarked;
