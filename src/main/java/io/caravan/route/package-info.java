/** What the YAML names: the s3-objects component, steps and the idempotent repository. */
@NullMarked
package io.caravan.route;

import org.jspecify.annotations.NullMarked;
