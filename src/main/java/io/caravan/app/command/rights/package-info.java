/** The command about rights in the warehouse. */
@NullMarked
package io.caravan.app.command.rights;

import org.jspecify.annotations.NullMarked;
