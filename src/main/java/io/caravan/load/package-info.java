/** The use cases: plan a load and run it. */
@NullMarked
package io.caravan.load;

import org.jspecify.annotations.NullMarked;
