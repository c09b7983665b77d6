/** What a process leaves for those that start after it. */
@NullMarked
package io.caravan.app.state;

import org.jspecify.annotations.NullMarked;
