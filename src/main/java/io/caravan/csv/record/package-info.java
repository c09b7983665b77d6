/** From bytes to records: charset, quotes, escapes, line ends. */
@NullMarked
package io.caravan.csv.record;

import org.jspecify.annotations.NullMarked;
