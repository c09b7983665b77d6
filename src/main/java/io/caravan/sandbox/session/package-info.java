/** A connection: what a client asks, what it is answered. */
@NullMarked
package io.caravan.sandbox.session;

import org.jspecify.annotations.NullMarked;
