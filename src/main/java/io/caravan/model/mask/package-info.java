/** What of values is not to be seen. */
@NullMarked
package io.caravan.model.mask;

import org.jspecify.annotations.NullMarked;
