/** Comparisons of tables with their objects, as people ask for them and see them. */
@NullMarked
package io.caravan.app.verify;

import org.jspecify.annotations.NullMarked;
