package io.caravan.sandbox.grammar;

import io.caravan.sandbox.query.Expressions;
import io.caravan.sandbox.query.TypeRules;
import io.caravan.sandbox.token.Dialect;
import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.Statement;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.TokenCursor;
import java.util.ArrayList;
import java.util.List;

/**
 * One column of CREATE TABLE or ALTER TABLE ADD COLUMN, in PostgreSQL's words.
 *
 * @param name in lower case
 * @param definition type, default and identity
 * @param keys those that the column is by itself
 */
record ColumnRules(String name, String definition, boolean notNull, List<KeyRules.Key> keys) {

    ColumnRules {
        keys = List.copyOf(keys);
    }

    static ColumnRules read(Statement statement, TokenCursor in, List<Token> table) {
        Token name = in.expectName();
        List<Token> itself = List.of(name);
        KeyRules rules = new KeyRules(in, table);
        List<KeyRules.Key> keys = new ArrayList<>();
        StringBuilder out = new StringBuilder(type(statement, in));
        boolean notNull = false;
        while (!in.atEnd() && !in.peek().isSymbol(",") && !in.peek().isSymbol(")")) {
            if (in.accept("not", "null")) {
                notNull = true;
            } else if (in.accept("primary", "key")) {
                keys.add(rules.primary("", itself));
                notNull = true;
            } else if (in.accept("unique")) {
                keys.add(rules.unique("", itself));
            } else if (in.accept("encode")) {
                in.expectLabel();
            } else if (in.accept("references")) {
                keys.add(rules.references("", itself));
            } else if (in.accept("default")) {
                out.append(" DEFAULT ").append(expression(statement, in));
            } else if (in.accept("identity")) {
                out.append(identity(in, "ALWAYS"));
                notNull = true;
            } else if (in.accept("generated", "by", "default", "as", "identity")) {
                out.append(identity(in, "BY DEFAULT"));
                notNull = true;
            } else if (!in.acceptAny("null", "distkey", "sortkey")) {
                throw RefusedException.near(in.peek());
            }
        }
        return new ColumnRules(name.text(), name.quoted() + ' ' + out, notNull, keys);
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
        Dialect.rewrite(part, edits, name -> {});
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
