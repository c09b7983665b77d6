package io.caravan.sandbox.copy;

import io.caravan.sandbox.fault.Flavour;

/**
 * A field that did not fit.
 *
 * @param code as in <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_Load_Error_Reference.html">the reference</a>
 * @param line counted from 1 in its object; see {@link Flavour#countsRecords}
 * @param position of the field in the raw line, in bytes from 0
 */
record LoadError(
        String object,
        long line,
        String column,
        String type,
        String length,
        int position,
        String rawLine,
        String rawValue,
        int code,
        String reason) {}
