package io.caravan.model.verify;

/** How a row of a table and the rows of its objects can differ. */
public enum RowDifference {
    /** Both have the row, with different values. */
    DIFFERENT("different"),
    /** Objects have it, and the table does not. */
    MISSING("missing"),
    /** The table has it more often than it should. */
    DOUBLED("doubled"),
    /** The table has it, and no object does. */
    IN_NO_OBJECT("in no object");

    private final String text;

    RowDifference(String text) {
        this.text = text;
    }

    /** Returns the name as people see it. */
    public String text() {
        return text;
    }
}
