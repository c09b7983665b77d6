/** What tests of all packages share. */
@NullMarked
package io.caravan.testing;

import org.jspecify.annotations.NullMarked;
