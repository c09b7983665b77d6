/** The commands, the settings, and the wiring of everything below. */
@NullMarked
package io.caravan.app;

import org.jspecify.annotations.NullMarked;
