package io.caravan.sandbox;

import java.util.List;

/**
 * ALTER: what Redshift's grammar has. Keys are swallowed, as they mean nothing.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE.html">ALTER TABLE</a>
 */
final class AlterRules {

    private final TokenCursor in;
    private final Edits edits;

    AlterRules(TokenCursor in, Edits edits) {
        this.in = in;
        this.edits = edits;
    }

    Verdict judge() {
        in.expect("alter");
        if (in.accept("user")) {
            user();
        } else if (in.accept("schema")) {
            in.expectName();
            renameOrOwner();
        } else {
            in.expect("table");
            List<Token> table = in.qualifiedName();
            if (in.accept("alter")) {
                return type(table);
            }
            table();
        }
        return new Verdict.Forward(edits.apply(in.statement()));
    }

    private void user() {
        in.expectName();
        in.accept("with");
        in.expect("password");
        in.expectKind(Token.Kind.STRING);
        in.expectEnd();
    }

    private void renameOrOwner() {
        if (in.accept("rename")) {
            in.expect("to");
        } else {
            in.expect("owner");
            in.expect("to");
        }
        in.expectName();
        in.expectEnd();
    }

    private void table() {
        int action = in.peek().start();
        if (in.accept("add")) {
            add(action);
        } else if (in.accept("drop")) {
            in.accept("column");
            in.expectName();
            in.acceptAny("cascade", "restrict");
            in.expectEnd();
        } else if (in.peek().isWord("rename") && !in.peek(1).isWord("to")) {
            in.next();
            in.accept("column");
            in.expectName();
            in.expect("to");
            in.expectName();
            in.expectEnd();
        } else if (in.peek().isWord("append")) {
            throw new RefusedException(SqlError.unsupported("ALTER TABLE APPEND"));
        } else {
            renameOrOwner();
        }
    }

    private void add(int action) {
        Statement statement = in.statement();
        if (in.peek().isWord("constraint")
                || in.peek().isWord("primary")
                || in.peek().isWord("foreign")
                || in.peek().isWord("unique")) {
            // PostgreSQL's way to do nothing to a table.
            edits.replace(action, statement.end(), "SET WITHOUT OIDS");
            return;
        }
        in.accept("column");
        int start = in.peek().start();
        ColumnRules column = ColumnRules.read(statement, in);
        in.expectEnd();
        edits.replace(start, statement.end(), column.text(false));
    }

    /** Only the length of a VARCHAR changes, and never inside a transaction. */
    private Verdict type(List<Token> table) {
        in.accept("column");
        Token column = in.expectName();
        in.expect("type");
        Token type = in.peek();
        if (!type.isWord("varchar") && !(type.isWord("character") && in.peek(1).isWord("varying"))) {
            throw new RefusedException(new SqlError(
                    "0A000", "target data type \"" + type.text() + "\" is not supported by ALTER COLUMN TYPE"));
        }
        Edits size = new Edits();
        int from = in.index();
        TypeRules.read(in, size);
        TypeRules.read(new TokenCursor(in.statement().from(from)), edits);
        in.expectEnd();
        String check = "SELECT sandbox_internal.check_length(" + Names.literal(Names.text(table)) + ", "
                + Names.literal(column.text()) + ", "
                + Names.literal(size.apply(in.statement().from(from))) + ")";
        return new Verdict.Alone(edits.apply(in.statement()), check);
    }
}
