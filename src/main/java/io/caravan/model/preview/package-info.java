/** What a load would do, as far as it is shown: rows, rejected rows, deletions. */
@NullMarked
package io.caravan.model.preview;

import org.jspecify.annotations.NullMarked;
