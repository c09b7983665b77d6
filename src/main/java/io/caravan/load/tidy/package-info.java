/** What is done with objects in the store when their loads have committed. */
@NullMarked
package io.caravan.load.tidy;

import org.jspecify.annotations.NullMarked;
