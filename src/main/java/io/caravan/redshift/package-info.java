/** The warehouse: sessions, staging, merge, ledger, rights and connection pool. */
@NullMarked
package io.caravan.redshift;

import org.jspecify.annotations.NullMarked;
