/** Tables, figures, names and JSON for people. */
@NullMarked
package io.caravan.app.text;

import org.jspecify.annotations.NullMarked;
