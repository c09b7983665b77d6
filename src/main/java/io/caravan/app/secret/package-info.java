/** Secrets, and lines that do not show them. */
@NullMarked
package io.caravan.app.secret;

import org.jspecify.annotations.NullMarked;
