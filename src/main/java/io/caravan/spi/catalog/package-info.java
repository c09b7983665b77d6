/** What the use cases need of a Data Catalog, and of what is kept beside it. */
@NullMarked
package io.caravan.spi.catalog;

import org.jspecify.annotations.NullMarked;
