package io.caravan.sandbox.token;

import java.util.List;

/**
 * One SQL statement as tokens.
 *
 * @param source the text that the tokens' positions refer to
 * @param tokens at least one
 */
public record Statement(String source, List<Token> tokens) {

    /** Returns the token at the index, or one of kind END beyond the last. */
    public Token token(int index) {
        if (index < tokens.size()) {
            return tokens.get(index);
        }
        int end = end();
        return new Token(Token.Kind.END, "", "end of input", end, end);
    }

    /** Returns what begins at the token, which must be there. */
    public Statement from(int index) {
        if (index >= tokens.size()) {
            throw RefusedException.near(token(index));
        }
        return new Statement(source, tokens.subList(index, tokens.size()));
    }

    int start() {
        return tokens.get(0).start();
    }

    public int end() {
        return tokens.get(tokens.size() - 1).end();
    }
}
