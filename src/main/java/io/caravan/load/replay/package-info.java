/** Rejected rows and corrected records as loads of their own. */
@NullMarked
package io.caravan.load.replay;

import org.jspecify.annotations.NullMarked;
