/** Tables of a Data Catalog through which others read the loaded objects of feeds. */
@NullMarked
package io.caravan.load.publish;

import org.jspecify.annotations.NullMarked;
