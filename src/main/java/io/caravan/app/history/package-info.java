/** What has happened since the start, and shortly before, in bounded memory. */
@NullMarked
package io.caravan.app.history;

import org.jspecify.annotations.NullMarked;
