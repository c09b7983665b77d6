/** What a load would do: how people want to see it, and what there is to see. */
@NullMarked
package io.caravan.load.preview;

import org.jspecify.annotations.NullMarked;
