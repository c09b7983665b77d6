/** HTML and SVG that are safe whatever stands in them. */
@NullMarked
package io.caravan.app.html;

import org.jspecify.annotations.NullMarked;
