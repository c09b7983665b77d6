/** The command line: options, and what people see. */
@NullMarked
package io.caravan.app.command;

import org.jspecify.annotations.NullMarked;
