/** PostgreSQL's wire protocol. */
@NullMarked
package io.caravan.sandbox.wire;

import org.jspecify.annotations.NullMarked;
