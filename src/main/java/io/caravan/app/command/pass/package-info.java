/** The commands about loads: what loads, what would load, and what has loaded. */
@NullMarked
package io.caravan.app.command.pass;

import org.jspecify.annotations.NullMarked;
