/** Objects: listing, and reading them as they were listed. */
@NullMarked
package io.caravan.aws.object;

import org.jspecify.annotations.NullMarked;
