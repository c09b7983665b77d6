package io.caravan.sandbox.grammar;

import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.query.TypeRules;
import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.Names;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.Statement;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.TokenCursor;
import java.util.List;

/**
 * ALTER: what Redshift's grammar has. Keys only inform.
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
            new UserRules(in, edits).alterUser();
        } else if (in.accept("group")) {
            new UserRules(in, edits).alterGroup();
        } else if (in.accept("role")) {
            role();
        } else if (in.accept("default", "privileges")) {
            GrantRules.defaults(in, edits);
        } else if (in.accept("materialized", "view")) {
            throw new RefusedException(SqlError.unsupported("ALTER MATERIALIZED VIEW"));
        } else if (in.accept("schema")) {
            in.expectName();
            renameOrOwner();
        } else {
            in.expect("table");
            List<Token> table = in.qualifiedName();
            if (in.accept("alter")) {
                return type(table);
            }
            table(table);
        }
        return new Verdict.Forward(edits.apply(in.statement()));
    }

    private void role() {
        in.expectName();
        renameOrOwner();
        if (in.statement().tokens().stream().anyMatch(token -> token.isWord("owner"))) {
            throw new RefusedException(SqlError.unsupported("ALTER ROLE … OWNER TO"));
        }
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

    private void table(List<Token> table) {
        if (in.accept("add")) {
            add(table);
        } else if (in.accept("drop")) {
            if (!in.accept("constraint")) {
                in.accept("column");
            }
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

    private void add(List<Token> table) {
        Statement statement = in.statement();
        int action = in.peek().start();
        if (in.peek().isWord("constraint")
                || in.peek().isWord("primary")
                || in.peek().isWord("foreign")
                || in.peek().isWord("unique")) {
            KeyRules.Key key = new KeyRules(in, table).tableConstraint();
            in.expectEnd();
            edits.replace(action, statement.end(), key.constraint());
            return;
        }
        in.accept("column");
        int start = in.peek().start();
        ColumnRules column = ColumnRules.read(statement, in, table);
        in.expectEnd();
        StringBuilder text = new StringBuilder(column.text(false));
        column.keys().forEach(key -> text.append(", ADD ").append(key.constraint()));
        edits.replace(start, statement.end(), text.toString());
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
