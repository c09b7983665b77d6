package io.caravan.sandbox;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Names and strings, as PostgreSQL has to read them. */
final class Names {

    private Names() {}

    static String text(List<Token> name) {
        return name.stream().map(Token::quoted).collect(joining("."));
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
