package io.caravan.sandbox.query;

import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.ReservedWords;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.TokenCursor;
import java.util.List;

/**
 * Reads what stands behind FROM and USING: tables, subqueries and joins.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_FROM_clause30.html">FROM clause</a>
 */
public final class Tables {

    private final TokenCursor in;
    private final Edits edits;
    private final SelectAliases aliases;

    public Tables(TokenCursor in, Edits edits) {
        this(in, edits, new SelectAliases(in.statement(), edits));
    }

    /** Tells the aliases what the tables are called. */
    public Tables(TokenCursor in, Edits edits, SelectAliases aliases) {
        this.in = in;
        this.edits = edits;
        this.aliases = aliases;
    }

    public void list() {
        do {
            joined();
        } while (in.acceptSymbol(","));
    }

    private void joined() {
        table();
        while (join()) {}
    }

    private boolean join() {
        if (in.accept("cross", "join")) {
            table();
            return true;
        }
        if (in.accept("natural")) {
            aliases.natural();
            kind();
            in.expect("join");
            table();
            return true;
        }
        if (!kind() && !in.peek().isWord("join")) {
            return false;
        }
        in.expect("join");
        table();
        if (in.accept("using")) {
            aliases.using(in.nameList());
        } else {
            in.expect("on");
            new Expressions(in, edits).expression();
        }
        return true;
    }

    private boolean kind() {
        if (in.accept("inner")) {
            return true;
        }
        if (in.acceptAny("left", "right", "full")) {
            in.accept("outer");
            return true;
        }
        return false;
    }

    private void table() {
        if (in.acceptSymbol("(")) {
            boolean query = in.peek().isWord("select")
                    || in.peek().isWord("with")
                    || in.peek().isSymbol("(");
            if (query) {
                new Queries(in, edits).query();
            } else {
                joined();
            }
            in.expectSymbol(")");
            Token close = in.peek(-1);
            if (!alias() && query) {
                edits.append(close.end(), " AS " + aliases.nameTable());
            }
        } else {
            Token first = in.peek();
            if (first.isWord("unnest")) {
                throw new RefusedException(SqlError.unsupported("UNNEST"));
            }
            if (first.isWord("lateral") || first.isWord("values")) {
                throw RefusedException.near(first);
            }
            List<Token> name = in.qualifiedName();
            if (in.peek().isSymbol("(")) {
                function();
            }
            if (!alias()) {
                aliases.table(name.get(name.size() - 1).quoted());
            }
        }
        if (in.peek().isWord("pivot") || in.peek().isWord("unpivot")) {
            throw new RefusedException(SqlError.unsupported(in.peek().text().toUpperCase(java.util.Locale.ROOT)));
        }
    }

    private boolean alias() {
        if (in.accept("as")) {
            aliases.table(in.expectName().quoted());
        } else if (ReservedWords.isAlias(in.peek())) {
            aliases.table(in.next().quoted());
        } else {
            return false;
        }
        if (in.peek().isSymbol("(")) {
            columns();
        }
        return true;
    }

    /** Only the leader node takes a function for a table. */
    private void function() {
        if (!in.leaderNode()) {
            throw RefusedException.near(in.peek());
        }
        in.expectSymbol("(");
        if (!in.acceptSymbol(")")) {
            new Expressions(in, edits).list();
            in.expectSymbol(")");
        }
    }

    /** Reads names and, behind a function of the leader node, their types. */
    private void columns() {
        in.expectSymbol("(");
        do {
            in.expectName();
            if (in.leaderNode() && in.peek().isName()) {
                TypeRules.read(in, edits);
            }
        } while (in.acceptSymbol(","));
        in.expectSymbol(")");
    }
}
