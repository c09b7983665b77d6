/** What previews say, for people and for programs. */
@NullMarked
package io.caravan.app.preview;

import org.jspecify.annotations.NullMarked;
