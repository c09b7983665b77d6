/** The statements that Redshift takes, and how PostgreSQL says them. */
@NullMarked
package io.caravan.sandbox.grammar;

import org.jspecify.annotations.NullMarked;
