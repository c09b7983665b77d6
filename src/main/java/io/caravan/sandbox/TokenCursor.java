package io.caravan.sandbox;

import java.util.ArrayList;
import java.util.List;

/** Reads a statement from left to right; what does not fit is refused as a syntax error at that token. */
final class TokenCursor {

    private final Statement statement;
    private int at;

    TokenCursor(Statement statement) {
        this.statement = statement;
    }

    Token peek() {
        return statement.token(at);
    }

    Token peek(int ahead) {
        return statement.token(at + ahead);
    }

    int index() {
        return at;
    }

    boolean atEnd() {
        return peek().kind() == Token.Kind.END;
    }

    Token next() {
        Token token = peek();
        at++;
        return token;
    }

    /** Takes these words if all of them come next. */
    boolean accept(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).isWord(words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    boolean acceptSymbol(String symbol) {
        if (peek().isSymbol(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(String word) {
        if (!accept(word)) {
            throw RefusedException.near(peek());
        }
    }

    void expectSymbol(String symbol) {
        if (!acceptSymbol(symbol)) {
            throw RefusedException.near(peek());
        }
    }

    Token expectKind(Token.Kind kind) {
        if (peek().kind() != kind) {
            throw RefusedException.near(peek());
        }
        return next();
    }

    Token expectName() {
        if (!peek().isName()) {
            throw RefusedException.near(peek());
        }
        return next();
    }

    /** Reads a name of one to three parts. */
    List<Token> qualifiedName() {
        List<Token> parts = new ArrayList<>();
        do {
            parts.add(expectName());
        } while (acceptSymbol("."));
        return parts;
    }

    /** Skips to the closing parenthesis of the one that was just taken, and takes it. */
    void skipParentheses() {
        for (int depth = 1; depth > 0; ) {
            Token token = next();
            if (token.kind() == Token.Kind.END) {
                throw RefusedException.near(token);
            }
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
        }
    }

    void expectEnd() {
        if (!atEnd()) {
            throw RefusedException.near(peek());
        }
    }
}
