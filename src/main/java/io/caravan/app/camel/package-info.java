/** Route files, and the routes that run. */
@NullMarked
package io.caravan.app.camel;

import org.jspecify.annotations.NullMarked;
