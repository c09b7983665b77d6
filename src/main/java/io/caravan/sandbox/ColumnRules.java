package io.caravan.sandbox;

/**
 * One column of CREATE TABLE or ALTER TABLE ADD COLUMN, in PostgreSQL's words.
 *
 * @param name in lower case
 * @param definition type, default and identity
 */
record ColumnRules(String name, String definition, boolean notNull) {

    static ColumnRules read(Statement statement, TokenCursor in) {
        Token name = in.expectName();
        StringBuilder out = new StringBuilder(type(statement, in));
        boolean notNull = false;
        while (!in.atEnd() && !in.peek().isSymbol(",") && !in.peek().isSymbol(")")) {
            if (in.accept("not", "null")) {
                notNull = true;
            } else if (in.accept("primary", "key")) {
                notNull = true;
            } else if (in.accept("encode")) {
                in.expectLabel();
            } else if (in.accept("references")) {
                TableBody.references(in);
            } else if (in.accept("default")) {
                out.append(" DEFAULT ").append(expression(statement, in));
            } else if (in.accept("identity")) {
                out.append(identity(in, "ALWAYS"));
                notNull = true;
            } else if (in.accept("generated", "by", "default", "as", "identity")) {
                out.append(identity(in, "BY DEFAULT"));
                notNull = true;
            } else if (!in.acceptAny("null", "unique", "distkey", "sortkey")) {
                throw RefusedException.near(in.peek());
            }
        }
        return new ColumnRules(name.text(), name.quoted() + ' ' + out, notNull);
    }

    String text(boolean inPrimaryKey) {
        return definition + (notNull || inPrimaryKey ? " NOT NULL" : "");
    }

    private static String type(Statement statement, TokenCursor in) {
        int from = in.index();
        Edits edits = new Edits();
        TypeRules.read(in, edits);
        return edits.apply(part(statement, from, in.index()));
    }

    private static String expression(Statement statement, TokenCursor in) {
        int from = in.index();
        Edits edits = new Edits();
        new Expressions(in, edits).withoutSubqueries().expression();
        Statement part = part(statement, from, in.index());
        Dialect.rewrite(part, edits);
        return edits.apply(part);
    }

    private static String identity(TokenCursor in, String generated) {
        in.expectSymbol("(");
        String seed = in.expectKind(Token.Kind.NUMBER).text();
        in.expectSymbol(",");
        String step = in.expectKind(Token.Kind.NUMBER).text();
        in.expectSymbol(")");
        return " GENERATED " + generated + " AS IDENTITY (START WITH " + seed + " INCREMENT BY " + step + ")";
    }

    private static Statement part(Statement statement, int from, int to) {
        return new Statement(statement.source(), statement.tokens().subList(from, to));
    }
}
