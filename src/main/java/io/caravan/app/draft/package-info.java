/** Drafts feeds for objects that are there, and tries feeds on them. */
@NullMarked
package io.caravan.app.draft;

import org.jspecify.annotations.NullMarked;
