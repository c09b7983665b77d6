/** How feeds and the service get on. */
@NullMarked
package io.caravan.model.status;

import org.jspecify.annotations.NullMarked;
