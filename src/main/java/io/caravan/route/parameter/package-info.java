/** A feed's parameters, from texts to what they mean. */
@NullMarked
package io.caravan.route.parameter;

import org.jspecify.annotations.NullMarked;
