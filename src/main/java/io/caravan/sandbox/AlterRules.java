package io.caravan.sandbox;

/**
 * ALTER TABLE: what Redshift's grammar has. Keys are swallowed, as they mean nothing.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE.html">ALTER TABLE</a>
 */
final class AlterRules {

    private AlterRules() {}

    static void rewrite(Statement statement, Edits edits) {
        TokenCursor in = new TokenCursor(statement);
        in.expect("alter");
        if (in.accept("schema") || in.accept("database") || in.accept("user")) {
            return;
        }
        in.expect("table");
        in.qualifiedName();
        int action = in.peek().start();
        if (in.peek().isWord("add") && (key(in.peek(1)) || in.peek(1).isWord("constraint"))) {
            // PostgreSQL's way to do nothing to a table.
            edits.replace(action, statement.end(), "SET WITHOUT OIDS");
        } else if (in.accept("add")) {
            in.accept("column");
            int start = in.peek().start();
            ColumnRules column = ColumnRules.read(statement, in);
            in.expectEnd();
            edits.replace(start, statement.end(), column.text(false));
        } else if (in.accept("drop")) {
            in.accept("column");
            in.expectName();
            if (!in.accept("cascade")) {
                in.accept("restrict");
            }
            in.expectEnd();
        } else if (in.accept("rename") || in.accept("owner")) {
            return;
        } else if (in.accept("alter")) {
            in.accept("column");
            in.expectName();
            in.expect("type");
            Token type = in.peek();
            if (!type.isWord("varchar") && !type.isWord("character")) {
                throw new RefusedException(new SqlError(
                        "0A000", "target data type \"" + type.text() + "\" is not supported by ALTER COLUMN TYPE"));
            }
            TypeRules.rewrite(statement, in.index(), edits);
        } else {
            throw RefusedException.near(in.peek());
        }
    }

    private static boolean key(Token token) {
        return token.isWord("primary") || token.isWord("unique") || token.isWord("foreign");
    }
}
