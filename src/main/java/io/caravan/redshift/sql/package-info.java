/** The texts of SQL statements; nothing here runs one. */
@NullMarked
package io.caravan.redshift.sql;

import org.jspecify.annotations.NullMarked;
