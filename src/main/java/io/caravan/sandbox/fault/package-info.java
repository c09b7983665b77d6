/** Faults on demand, and what an error is made of. */
@NullMarked
package io.caravan.sandbox.fault;

import org.jspecify.annotations.NullMarked;
