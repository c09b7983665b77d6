/** Error codes and the three exceptions, one for each reaction to a failure. */
@NullMarked
package io.caravan.base;

import org.jspecify.annotations.NullMarked;
