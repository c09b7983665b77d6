package io.caravan.sandbox.token;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Names and strings, as PostgreSQL has to read them. */
public final class Names {

    private Names() {}

    public static String text(List<Token> name) {
        return name.stream().map(Token::quoted).collect(joining("."));
    }

    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    public static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
