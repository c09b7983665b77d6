package io.caravan.sandbox.token;

import java.util.Locale;

/**
 * A word of SQL text.
 *
 * @param text what it means: words and quoted identifiers in lower case and as {@linkplain LongNames#shorten short} as
 *     PostgreSQL wants them, strings without quotes, symbols as they are
 * @param raw what was written
 * @param start index of its first character in the SQL text
 * @param end index after its last character
 */
public record Token(Kind kind, String text, String raw, int start, int end) {

    public enum Kind {
        WORD,
        QUOTED,
        STRING,
        NUMBER,
        PARAMETER,
        SYMBOL,
        END
    }

    public boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    public boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    public boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    /** Returns a name as Redshift keeps it, where PostgreSQL may have to do with a {@linkplain LongNames short} one. */
    public String inFull() {
        if (raw.length() * 3 <= 63) {
            return text;
        }
        String name = kind == Kind.QUOTED ? raw.substring(1, raw.length() - 1).replace("\"\"", "\"") : raw;
        return LongNames.cut(name.toLowerCase(Locale.ROOT));
    }

    /** Returns the identifier as PostgreSQL has to read it. */
    public String quoted() {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
