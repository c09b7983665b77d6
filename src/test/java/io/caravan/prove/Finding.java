package io.caravan.prove;

/**
 * What was found of one claim.
 *
 * @param claim what should be so, as a sentence without its dot
 * @param seen what was seen, or why it could not be tried
 */
record Finding(String claim, Verdict verdict, String seen) {}
