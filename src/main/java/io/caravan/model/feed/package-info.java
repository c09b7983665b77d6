/** A feed: what it loads, whence, and how. */
@NullMarked
package io.caravan.model.feed;

import org.jspecify.annotations.NullMarked;
