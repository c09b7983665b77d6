package io.caravan.sandbox.token;

import io.caravan.sandbox.grammar.LeaderNode;
import java.util.ArrayList;
import java.util.List;

/** Reads a statement from left to right; what does not fit is refused as a syntax error at that token. */
public final class TokenCursor {

    private final Statement statement;
    private int at;
    private boolean leaderNode;

    public TokenCursor(Statement statement) {
        this.statement = statement;
    }

    /** Lets a query of the catalogue say what {@link LeaderNode} takes. */
    public void leaderNode(boolean runs) {
        leaderNode = runs;
    }

    public boolean leaderNode() {
        return leaderNode;
    }

    public Token peek() {
        return statement.token(at);
    }

    public Token peek(int ahead) {
        return statement.token(at + ahead);
    }

    public int index() {
        return at;
    }

    public Statement statement() {
        return statement;
    }

    public boolean atEnd() {
        return peek().kind() == Token.Kind.END;
    }

    public Token next() {
        Token token = peek();
        at++;
        return token;
    }

    /** Takes these words if all of them come next. */
    public boolean accept(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).isWord(words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    public boolean acceptSymbol(String symbol) {
        if (peek().isSymbol(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    public void expect(String word) {
        if (!accept(word)) {
            throw RefusedException.near(peek());
        }
    }

    public void expectSymbol(String symbol) {
        if (!acceptSymbol(symbol)) {
            throw RefusedException.near(peek());
        }
    }

    public Token expectKind(Token.Kind kind) {
        if (peek().kind() != kind) {
            throw RefusedException.near(peek());
        }
        return next();
    }

    public Token expectName() {
        if (!peek().isName() || ReservedWords.contains(peek())) {
            throw RefusedException.near(peek());
        }
        return next();
    }

    /** Reads a label: behind a dot or AS even a reserved word is one. */
    public Token expectLabel() {
        if (!peek().isName()) {
            throw RefusedException.near(peek());
        }
        return next();
    }

    /** Reads a name of one part or more. */
    public List<Token> qualifiedName() {
        List<Token> parts = new ArrayList<>();
        parts.add(expectName());
        while (acceptSymbol(".")) {
            parts.add(expectLabel());
        }
        return parts;
    }

    /** Reads names between parentheses. */
    public List<Token> nameList() {
        List<Token> names = new ArrayList<>();
        expectSymbol("(");
        do {
            names.add(expectName());
        } while (acceptSymbol(","));
        expectSymbol(")");
        return names;
    }

    /** Takes one of these words; returns whether it came next. */
    public boolean acceptAny(String... words) {
        for (String word : words) {
            if (accept(word)) {
                return true;
            }
        }
        return false;
    }

    public void expectAny(String... words) {
        if (!acceptAny(words)) {
            throw RefusedException.near(peek());
        }
    }

    /** Returns the rest as a statement of its own. */
    public Statement rest() {
        return statement.from(at);
    }

    public void expectEnd() {
        if (!atEnd()) {
            throw RefusedException.near(peek());
        }
    }
}
