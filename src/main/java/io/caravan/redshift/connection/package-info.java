/** Connections, logins, statements. */
@NullMarked
package io.caravan.redshift.connection;

import org.jspecify.annotations.NullMarked;
