package io.caravan.spi;

/**
 * The meaning of a line number in a data file. If no value holds a line break, all meanings give the same number.
 *
 * <p>The meaning that COPY uses <a href="https://docs.aws.amazon.com/redshift/latest/dg/SYS_LOAD_ERROR_DETAIL.html">is not
 * documented</a>.
 */
public enum LineCount {
    /** Counts line breaks, those in values too; a record has the number of the line on which it begins. */
    FIRST_LINE,
    /** Counts line breaks, those in values too; a record has the number of the line on which it ends. */
    LAST_LINE,
    /** Counts records. */
    RECORD
}
