/** What a Data Catalog says of tables, connections and jobs. */
@NullMarked
package io.caravan.model.catalog;

import org.jspecify.annotations.NullMarked;
