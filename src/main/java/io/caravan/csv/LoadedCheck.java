package io.caravan.csv;

/**
 * A rule of the feed for a loaded column.
 *
 * @param rule the rule
 * @param position where the column is among the loaded columns, from 0
 * @param identifies whether a row that only deletes must keep it too
 */
record LoadedCheck(RowCheck rule, int position, boolean identifies) {}
