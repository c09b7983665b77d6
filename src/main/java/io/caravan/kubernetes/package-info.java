/** Replicas that hear of each other in Kubernetes; all that knows its API. */
@NullMarked
package io.caravan.kubernetes;

import org.jspecify.annotations.NullMarked;
