/** Dead letters for an endpoint. */
@NullMarked
package io.caravan.route.letter;

import org.jspecify.annotations.NullMarked;
