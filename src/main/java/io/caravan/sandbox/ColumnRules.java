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
        Token type = in.peek();
        if (!TypeRules.known(type)) {
            throw new RefusedException(new SqlError("42704", "type \"" + type.text() + "\" does not exist"));
        }
        StringBuilder out = new StringBuilder(type(statement, in));
        boolean notNull = false;
        while (!in.atEnd() && !in.peek().isSymbol(",") && !in.peek().isSymbol(")")) {
            if (in.accept("not", "null")) {
                notNull = true;
            } else if (in.accept("primary", "key")) {
                notNull = true;
            } else if (in.accept("encode")) {
                in.expectKind(Token.Kind.WORD);
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
            } else if (!in.accept("null") && !in.accept("unique") && !in.accept("distkey") && !in.accept("sortkey")) {
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
        TypeRules.rewrite(statement, from, edits);
        in.next();
        if (!in.accept("varying")) {
            in.accept("precision");
        }
        if (in.acceptSymbol("(")) {
            in.skipParentheses();
        }
        if (in.accept("with") || in.accept("without")) {
            in.expect("time");
            in.expect("zone");
        }
        return edits.apply(part(statement, from, in.index()));
    }

    /** A default: everything up to the next word that can only be another attribute. */
    private static String expression(Statement statement, TokenCursor in) {
        int from = in.index();
        do {
            if (in.next().isSymbol("(")) {
                in.skipParentheses();
            }
        } while (!in.atEnd() && !endsExpression(in.peek()));
        Statement part = part(statement, from, in.index());
        Edits edits = new Edits();
        Dialect.rewrite(part, edits);
        return edits.apply(part);
    }

    private static boolean endsExpression(Token token) {
        return switch (token.kind()) {
            case SYMBOL -> token.text().equals(",") || token.text().equals(")");
            case WORD ->
                switch (token.text()) {
                    case "not", "null", "encode", "distkey", "sortkey", "primary", "unique", "references" -> true;
                    default -> false;
                };
            default -> false;
        };
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
