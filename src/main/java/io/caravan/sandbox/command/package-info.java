/** A COPY command, taken apart. */
@NullMarked
package io.caravan.sandbox.command;

import org.jspecify.annotations.NullMarked;
