package io.caravan.spi;

/**
 * What a line number of a data file counts. As long as no value holds a line break, all of them are the same.
 *
 * <p>Which of them COPY means <a href="https://docs.aws.amazon.com/redshift/latest/dg/SYS_LOAD_ERROR_DETAIL.html">is not
 * documented</a>.
 */
public enum LineCount {
    /** Line breaks, of values too; a record is on the line on which it begins. */
    FIRST_LINE,
    /** Line breaks, of values too; a record is on the line on which it ends. */
    LAST_LINE,
    /** Records. */
    RECORD
}
