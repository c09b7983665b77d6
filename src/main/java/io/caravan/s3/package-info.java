/** Engine: listing and reading objects, and data files for COPY. */
@NullMarked
package io.caravan.s3;

import org.jspecify.annotations.NullMarked;
