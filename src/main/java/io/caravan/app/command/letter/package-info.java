/** The commands about dead letters, and the file of those that people have corrected. */
@NullMarked
package io.caravan.app.command.letter;

import org.jspecify.annotations.NullMarked;
