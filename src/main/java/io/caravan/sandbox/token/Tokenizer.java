package io.caravan.sandbox.token;

import io.caravan.sandbox.fault.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Cuts SQL text into statements of tokens. Knows strings, quoted identifiers, comments and dollar quoting. */
public final class Tokenizer {

    /** Operators of two characters. */
    private static final Set<String> OPERATORS = Set.of("!~", "::", "<=", ">=", "<>", "!=", "||", "<<", ">>");

    private final String sql;
    private int at;

    private Tokenizer(String sql) {
        this.sql = sql;
    }

    /** Returns the statements between semicolons; empty ones are left out. */
    public static List<Statement> statements(String sql) {
        return new Tokenizer(sql).all();
    }

    /** Returns the first word in lower case, or whatever else the text begins with. */
    public static String firstWord(String sql) {
        Tokenizer tokenizer = new Tokenizer(sql);
        tokenizer.skipBlanksAndComments();
        return tokenizer.at == sql.length() ? "" : tokenizer.next().text();
    }

    private List<Statement> all() {
        List<Statement> statements = new ArrayList<>();
        List<Token> tokens = new ArrayList<>();
        while (true) {
            skipBlanksAndComments();
            if (at == sql.length()) {
                break;
            }
            Token token = next();
            if (token.isSymbol(";")) {
                flush(tokens, statements);
                tokens = new ArrayList<>();
            } else {
                tokens.add(token);
            }
        }
        flush(tokens, statements);
        return statements;
    }

    private void flush(List<Token> tokens, List<Statement> to) {
        if (!tokens.isEmpty()) {
            to.add(new Statement(sql, tokens));
        }
    }

    private void skipBlanksAndComments() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c <= ' ') {
                at++;
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end;
            } else if (sql.startsWith("/*", at)) {
                skipBlockComment();
            } else {
                return;
            }
        }
    }

    private void skipBlockComment() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
            if (at >= sql.length() && depth > 0) {
                throw new RefusedException(new SqlError("42601", "unterminated /* comment"));
            }
        } while (depth > 0);
    }

    private Token next() {
        int start = at;
        char c = sql.charAt(at);
        if (c == '\'') {
            // A backslash escapes in every string, as in PostgreSQL 8.
            return quoted(start, '\'', Token.Kind.STRING, true);
        }
        if (c == '"') {
            return quoted(start, '"', Token.Kind.QUOTED, false);
        }
        if ((c == 'e' || c == 'E') && at + 1 < sql.length() && sql.charAt(at + 1) == '\'') {
            at++;
            return quoted(start, '\'', Token.Kind.STRING, true);
        }
        if (c == '$') {
            return dollar(start);
        }
        if (isNameStart(c)) {
            while (at < sql.length() && isNamePart(sql.charAt(at))) {
                at++;
            }
            String raw = sql.substring(start, at);
            return new Token(Token.Kind.WORD, LongNames.shorten(raw.toLowerCase(Locale.ROOT)), raw, start, at);
        }
        if (c >= '0' && c <= '9') {
            number();
            return token(Token.Kind.NUMBER, start);
        }
        at += at + 2 <= sql.length() && OPERATORS.contains(sql.substring(at, at + 2)) ? 2 : 1;
        return token(Token.Kind.SYMBOL, start);
    }

    /** Reads digits, a fraction and an exponent. A word may follow at once, as in {@code 1WHEN}. */
    private void number() {
        digits();
        if (at < sql.length() && sql.charAt(at) == '.') {
            at++;
            digits();
        }
        int exponent = at;
        if (at < sql.length() && (sql.charAt(at) | 0x20) == 'e') {
            at++;
            if (at < sql.length() && (sql.charAt(at) == '-' || sql.charAt(at) == '+')) {
                at++;
            }
            int digits = at;
            digits();
            if (at == digits) {
                at = exponent;
            }
        }
    }

    private void digits() {
        while (at < sql.length() && sql.charAt(at) >= '0' && sql.charAt(at) <= '9') {
            at++;
        }
    }

    private Token quoted(int start, char quote, Token.Kind kind, boolean escapes) {
        StringBuilder text = new StringBuilder();
        for (at++; at < sql.length(); at++) {
            char c = sql.charAt(at);
            if (escapes && c == '\\' && at + 1 < sql.length()) {
                at++;
                text.append(sql.charAt(at));
            } else if (c != quote) {
                text.append(c);
            } else if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
                text.append(c);
                at++;
            } else {
                at++;
                String folded = kind == Token.Kind.QUOTED
                        ? LongNames.shorten(text.toString().toLowerCase(Locale.ROOT))
                        : text.toString();
                return new Token(kind, folded, sql.substring(start, at), start, at);
            }
        }
        throw new RefusedException(new SqlError("42601", "unterminated quoted string or identifier"));
    }

    private Token dollar(int start) {
        at++;
        if (at < sql.length() && Character.isDigit(sql.charAt(at))) {
            while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
                at++;
            }
            return token(Token.Kind.PARAMETER, start);
        }
        int close = sql.indexOf('$', at);
        String tag = close < 0 ? "" : sql.substring(start, close + 1);
        int end = close < 0 ? -1 : sql.indexOf(tag, close + 1);
        if (end < 0) {
            throw new RefusedException(SqlError.syntax("$"));
        }
        at = end + tag.length();
        String text = sql.substring(close + 1, end);
        return new Token(Token.Kind.STRING, text, sql.substring(start, at), start, at);
    }

    private Token token(Token.Kind kind, int start) {
        String raw = sql.substring(start, at);
        return new Token(kind, raw, raw, start, at);
    }

    private static boolean isNameStart(char c) {
        return c == '_' || Character.isLetter(c) || c > 127;
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || c == '$' || Character.isDigit(c);
    }
}
