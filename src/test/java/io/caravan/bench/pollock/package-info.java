/** The benchmark Pollock: what comes out of Caravan of files that are not as they should be, compared with what is in them. */
@NullMarked
package io.caravan.bench.pollock;

import org.jspecify.annotations.NullMarked;
