package io.caravan.model.feed;

/** What a character means behind the escape. */
public enum Escapes {
    /** Itself. A letter or a digit means nothing: no program writes an escape before one that is to be taken as it is. */
    LITERAL,

    /**
     * As PostgreSQL's COPY writes text: some letters are control characters, digits are the number of a byte, all others are
     * themselves.
     *
     * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, text format</a>
     */
    POSTGRES,

    /**
     * As MySQL's SELECT INTO OUTFILE writes it: some letters and the zero are control characters, all others are themselves.
     *
     * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/load-data.html">LOAD DATA, field and line handling</a>
     */
    MYSQL;

    /** Returns whether letters and digits have a meaning of their own; {@code N} is NULL then, if it is all of a field. */
    public boolean haveNames() {
        return this != LITERAL;
    }
}
