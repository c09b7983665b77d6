package io.caravan.csv.value;

import io.caravan.base.ErrorCode;
import io.caravan.model.feed.ChangeWords;

/** The column that says of a row what becomes of it. */
public final class ChangeRule implements ValueRule {

    private final ChangeWords words;
    private final String rule;

    /**
     * Makes the rule.
     *
     * @param column its name, for people
     */
    public ChangeRule(String column, ChangeWords words) {
        this.words = words;
        this.rule = column + " is " + words;
    }

    @Override
    public String canonical(String value) throws RefusedValueException {
        return words.find(Blanks.strip(value))
                .orElseThrow(() -> new RefusedValueException(
                        ErrorCode.ROW_RULE,
                        "breaks the rule " + Names.quoted(rule)
                                + (words.equals(ChangeWords.DEFAULT)
                                        ? "; the feed's changeValues says so if the objects have other words"
                                        : "")));
    }
}
