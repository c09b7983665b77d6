/** Engine: CSV records, and rows checked against the target's columns. */
@NullMarked
package io.caravan.csv;

import org.jspecify.annotations.NullMarked;
