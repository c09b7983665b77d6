package io.caravan.sandbox;

import java.util.List;

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
        List<Token> table = in.qualifiedName();
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
            Token column = in.expectName();
            in.expect("type");
            Token type = in.peek();
            if (!type.isWord("varchar") && !type.isWord("character")) {
                throw new RefusedException(new SqlError(
                        "0A000", "target data type \"" + type.text() + "\" is not supported by ALTER COLUMN TYPE"));
            }
            Edits inType = new Edits();
            TypeRules.rewrite(statement, in.index(), inType);
            Statement rest = new Statement(
                    statement.source(),
                    statement.tokens().subList(in.index(), statement.tokens().size()));
            edits.replace(statement.start(), statement.end(), lengthen(table, column, inType.apply(rest)));
        } else {
            throw RefusedException.near(in.peek());
        }
    }

    /**
     * Redshift gives a column another length outside a transaction block only, and not if it has a default. In PostgreSQL a
     * COMMIT in a block of code fails inside a transaction block, and is nothing outside.
     */
    private static String lengthen(List<Token> table, Token column, String type) {
        String name = String.join(".", table.stream().map(Token::quoted).toList());
        String attribute = "FROM pg_catalog.pg_attribute WHERE attrelid = " + literal(name)
                + "::regclass AND attname = " + literal(column.text());
        return "DO $caravan$ BEGIN COMMIT; IF EXISTS (SELECT " + attribute
                + " AND atthasdef) THEN RAISE EXCEPTION USING ERRCODE = '0A000', MESSAGE ="
                + " 'cannot alter type of a column with a default'; END IF; IF EXISTS (SELECT " + attribute
                + " AND atttypmod = " + length(type) + " + 4) THEN RAISE EXCEPTION USING ERRCODE = '0A000', MESSAGE ="
                + " 'target column size should be different'; END IF; ALTER TABLE " + name + " ALTER COLUMN "
                + column.quoted() + " TYPE " + type + "; END $caravan$";
    }

    private static String length(String type) {
        return type.replaceAll("[^0-9]", "");
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static boolean key(Token token) {
        return token.isWord("primary") || token.isWord("unique") || token.isWord("foreign");
    }
}
