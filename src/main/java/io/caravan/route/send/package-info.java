/** How messages reach an endpoint that may be away for a while. */
@NullMarked
package io.caravan.route.send;

import org.jspecify.annotations.NullMarked;
