/** Tables of a Data Catalog that say to others what feeds have loaded. */
@NullMarked
package io.caravan.load.publish;

import org.jspecify.annotations.NullMarked;
