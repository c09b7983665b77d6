/** What {@code bench/run} and {@code bench/large-object} start. Compiled with the tests, not among them. */
@NullMarked
package io.caravan.bench;

import org.jspecify.annotations.NullMarked;
