/** The walkthrough and the sandbox command: all that knows the sandbox. */
@NullMarked
package io.caravan.app.demo;

import org.jspecify.annotations.NullMarked;
