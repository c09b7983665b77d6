/** A feed's passes: what to list, tries, pauses, objects set aside, whose turn. */
@NullMarked
package io.caravan.load.feed;

import org.jspecify.annotations.NullMarked;
