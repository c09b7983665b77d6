package io.caravan.sandbox;

/** Words that Redshift and PostgreSQL spell differently, anywhere in a statement. */
final class Dialect {

    private Dialect() {}

    static void rewrite(Statement statement, Edits edits) {
        int casts = 0;
        for (int i = 0; i < statement.tokens().size(); i++) {
            Token token = statement.token(i);
            Token next = statement.token(i + 1);
            if (token.isName() && token.raw().length() > 63) {
                // Redshift takes 127 bytes, PostgreSQL cuts at 63 and might mix two names up.
                throw new RefusedException(SqlError.unsupported("a name of more than 63 bytes"));
            }
            if (token.kind() == Token.Kind.QUOTED && !token.raw().equals(token.quoted())) {
                // Redshift folds ASCII letters even in quotes.
                edits.replace(token, token.quoted());
            } else if (token.isWord("sysdate")) {
                edits.replace(token, "pg_catalog.sysdate()");
            } else if (token.isWord("nvl") && next.isSymbol("(")) {
                edits.replace(token, "coalesce");
            } else if (token.isSymbol("::")) {
                TypeRules.rewrite(statement, i + 1, edits);
            } else if (token.isWord("cast") && next.isSymbol("(")) {
                casts++;
            } else if (token.isWord("as") && casts > 0) {
                casts--;
                TypeRules.rewrite(statement, i + 1, edits);
            } else if (token.isSymbol("#")) {
                throw new RefusedException(SqlError.unsupported("#table"));
            }
        }
    }
}
