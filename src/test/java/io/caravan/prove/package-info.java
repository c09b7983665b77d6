/** Tries on a warehouse of somebody's what Caravan assumes of Redshift; {@code deploy/aws/prove.sh} starts it. */
@NullMarked
package io.caravan.prove;

import org.jspecify.annotations.NullMarked;
