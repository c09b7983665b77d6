/** Queries, expressions and functions. */
@NullMarked
package io.caravan.sandbox.query;

import org.jspecify.annotations.NullMarked;
