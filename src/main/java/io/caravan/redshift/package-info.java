/** Engine: SQL text, staging, merge, ledger and connection pool. */
@NullMarked
package io.caravan.redshift;

import org.jspecify.annotations.NullMarked;
