/** The page for people: what each of its pages shows, as HTML and as JSON. */
@NullMarked
package io.caravan.app.monitor;

import org.jspecify.annotations.NullMarked;
