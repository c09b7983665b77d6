@NullMarked
package io.caravan.csv;

import org.jspecify.annotations.NullMarked;
