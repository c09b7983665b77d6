/** Stores and warehouses of which nothing changes, for loads that are tried or repeated. */
@NullMarked
package io.caravan.load.unchanged;

import org.jspecify.annotations.NullMarked;
