/** The nouns: object versions, feeds, tables, rows, counts. Values that check themselves; no behaviour towards the outside. */
@NullMarked
package io.caravan.model;

import org.jspecify.annotations.NullMarked;
