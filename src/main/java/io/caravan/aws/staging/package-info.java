/** Data files for COPY, and files that remember rows. */
@NullMarked
package io.caravan.aws.staging;

import org.jspecify.annotations.NullMarked;
