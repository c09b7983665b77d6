/** The ways of staging rows: COPY, INSERT, by the warehouse alone. */
@NullMarked
package io.caravan.load.staging;

import org.jspecify.annotations.NullMarked;
