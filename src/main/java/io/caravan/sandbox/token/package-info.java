/** The tokens of a statement. */
@NullMarked
package io.caravan.sandbox.token;

import org.jspecify.annotations.NullMarked;
