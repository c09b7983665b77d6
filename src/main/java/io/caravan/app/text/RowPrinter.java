package io.caravan.app.text;

import org.jspecify.annotations.Nullable;

/** Prints a table row by row, however many there are. Cells are as in {@link Table}. Not safe for use by several threads. */
public interface RowPrinter extends AutoCloseable {

    /** Prints a row, now or a little later. */
    void add(@Nullable Object... cells);

    /** Prints what is left to print. */
    @Override
    void close();
}
