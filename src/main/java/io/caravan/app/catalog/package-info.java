/** Feeds that take their shape from tables of the Data Catalog, and tables that take theirs from feeds. */
@NullMarked
package io.caravan.app.catalog;

import org.jspecify.annotations.NullMarked;
