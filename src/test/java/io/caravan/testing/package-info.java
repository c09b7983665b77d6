/** Doubles and the sandbox, for tests. */
@NullMarked
package io.caravan.testing;

import org.jspecify.annotations.NullMarked;
