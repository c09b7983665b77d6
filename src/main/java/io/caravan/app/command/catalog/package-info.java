/** Commands about the Data Catalog. */
@NullMarked
package io.caravan.app.command.catalog;

import org.jspecify.annotations.NullMarked;
