/** Compressed content, read within bounds. */
@NullMarked
package io.caravan.aws.compression;

import org.jspecify.annotations.NullMarked;
