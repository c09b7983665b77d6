/** When feeds are polled, and by which threads. */
@NullMarked
package io.caravan.route.poll;

import org.jspecify.annotations.NullMarked;
