/** What operators have done on the page: counted first, confirmed by its count, and then done. */
@NullMarked
package io.caravan.app.act;

import org.jspecify.annotations.NullMarked;
