/** When feeds are polled, by which threads, and what of that which is found is theirs. */
@NullMarked
package io.caravan.route.poll;

import org.jspecify.annotations.NullMarked;
