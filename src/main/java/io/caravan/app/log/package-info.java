/** The log: to stderr, one line an event, as text or as JSON. */
@NullMarked
package io.caravan.app.log;

import org.jspecify.annotations.NullMarked;
