package io.caravan.model.row;

/** What one CSV record became: a {@link Row} to load or a {@link RejectedRow} to report. */
public sealed interface ParsedRow permits Row, RejectedRow {

    /** Returns the line of the object at which the record starts, counted from 1 and including the header. */
    long lineNumber();

    /** Returns about how many bytes of memory it takes; rather too many than too few. */
    int memoryBytes();
}
