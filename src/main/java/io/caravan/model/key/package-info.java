/** Keys of objects: which of them are meant, and the values that they hold. */
@NullMarked
package io.caravan.model.key;

import org.jspecify.annotations.NullMarked;
