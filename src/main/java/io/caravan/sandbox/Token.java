package io.caravan.sandbox;

/**
 * A word of SQL text.
 *
 * @param text what it means: words and quoted identifiers in lower case, strings without quotes, symbols as they are
 * @param raw what was written
 * @param start index of its first character in the SQL text
 * @param end index after its last character
 */
record Token(Kind kind, String text, String raw, int start, int end) {

    enum Kind {
        WORD,
        QUOTED,
        STRING,
        NUMBER,
        PARAMETER,
        SYMBOL,
        END
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    /** Returns the identifier as PostgreSQL has to read it. */
    String quoted() {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
