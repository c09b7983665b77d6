/** Engine: what Caravan asks of AWS besides Redshift. */
@NullMarked
package io.caravan.aws;

import org.jspecify.annotations.NullMarked;
