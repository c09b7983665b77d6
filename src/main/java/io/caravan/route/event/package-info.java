/** Events for an endpoint: what has become of loads and feeds. */
@NullMarked
package io.caravan.route.event;

import org.jspecify.annotations.NullMarked;
