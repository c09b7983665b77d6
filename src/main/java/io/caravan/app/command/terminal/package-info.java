/** What a terminal can do, and the commands that help at one. */
@NullMarked
package io.caravan.app.command.terminal;

import org.jspecify.annotations.NullMarked;
