package io.caravan.sandbox.query;

import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.ReservedWords;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.TokenCursor;
import org.jspecify.annotations.Nullable;

/**
 * Reads a query as Redshift's grammar has it: no DISTINCT ON, no FOR UPDATE, no VALUES as a table, no LATERAL.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_SELECT_synopsis.html">SELECT</a>
 */
public final class Queries {

    private final TokenCursor in;
    private final Edits edits;
    private final Expressions expressions;
    private @Nullable Token top;

    public Queries(TokenCursor in, Edits edits) {
        this.in = in;
        this.edits = edits;
        this.expressions = new Expressions(in, edits);
    }

    public void query() {
        with();
        term();
        moreOfASet();
    }

    /** Reads WITH, which may also stand before UPDATE and DELETE. */
    public void with() {
        if (!in.accept("with")) {
            return;
        }
        in.accept("recursive");
        do {
            in.expectName();
            if (in.peek().isSymbol("(")) {
                in.nameList();
            }
            in.expect("as");
            in.expectSymbol("(");
            query();
            in.expectSymbol(")");
        } while (in.acceptSymbol(","));
    }

    /** Reads UNION and its like and what orders and limits the result, if they come next. */
    void moreOfASet() {
        while (true) {
            Token operator = in.peek();
            if (in.accept("union")) {
                in.acceptAny("all", "distinct");
            } else if (in.accept("minus")) {
                edits.replace(operator, "EXCEPT");
            } else if (!in.acceptAny("intersect", "except")) {
                break;
            }
            if (top != null) {
                throw new RefusedException(SqlError.unsupported("SELECT TOP in a set of queries"));
            }
            term();
        }
        if (in.accept("order", "by")) {
            ordering();
        }
        limits();
    }

    private void limits() {
        boolean limited = top != null;
        if (top != null) {
            edits.append(in.peek(-1).end(), " LIMIT " + top.text());
        }
        boolean moved = false;
        while (true) {
            if (!limited && in.accept("limit")) {
                limited = true;
                if (!in.accept("all")) {
                    expressions.expression();
                }
            } else if (!moved && in.accept("offset")) {
                moved = true;
                expressions.expression();
            } else {
                return;
            }
        }
    }

    /** Reads what stands behind ORDER BY. */
    void ordering() {
        do {
            expressions.expression();
            in.acceptAny("asc", "desc");
            if (in.accept("nulls")) {
                in.expectAny("first", "last");
            }
        } while (in.acceptSymbol(","));
    }

    private void term() {
        if (in.acceptSymbol("(")) {
            query();
            in.expectSymbol(")");
        } else {
            select();
        }
    }

    private void select() {
        SelectAliases aliases = new SelectAliases(in.statement(), edits);
        Expressions named = expressions.naming(aliases);
        in.expect("select");
        top();
        if (in.accept("distinct")) {
            if (in.peek().isWord("on")) {
                throw new RefusedException(new SqlError("0A000", "SELECT DISTINCT ON is not supported"));
            }
        } else {
            in.accept("all");
        }
        do {
            item(named, aliases);
        } while (in.acceptSymbol(","));
        if (in.accept("into")) {
            in.acceptAny("temp", "temporary");
            in.accept("table");
            in.qualifiedName();
        }
        if (in.accept("from")) {
            new Tables(in, edits, aliases).list();
        }
        if (in.accept("where")) {
            aliases.where(in.peek());
            named.expression();
        }
        if (in.peek().isWord("connect")
                || (in.peek().isWord("start") && in.peek(1).isWord("with"))) {
            throw new RefusedException(SqlError.unsupported("CONNECT BY"));
        }
        if (in.accept("group", "by")) {
            if (in.peek().isWord("grouping") && in.peek(1).isWord("sets")) {
                throw new RefusedException(SqlError.unsupported("GROUPING SETS"));
            }
            aliases.grouped();
            expressions.list();
        }
        if (in.accept("having")) {
            expressions.expression();
        }
        aliases.resolve();
        if (in.peek().isWord("qualify")) {
            throw new RefusedException(SqlError.unsupported("QUALIFY"));
        }
    }

    /**
     * PostgreSQL says it at the end of the query. TOP and LIMIT exclude each other.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_SELECT_list.html">SELECT list</a>
     */
    private void top() {
        int start = in.peek().start();
        if (in.accept("top")) {
            top = in.expectKind(Token.Kind.NUMBER);
            edits.delete(start, top.end());
        }
    }

    private void item(Expressions named, SelectAliases aliases) {
        if (in.acceptSymbol("*") || allOfATable()) {
            if (in.peek().isWord("exclude")) {
                throw new RefusedException(SqlError.unsupported("SELECT * EXCLUDE"));
            }
            return;
        }
        int from = in.index();
        named.expression();
        int to = in.index();
        if (in.accept("as")) {
            aliases.item(from, to, in.expectLabel());
        } else if (ReservedWords.isAlias(in.peek())) {
            aliases.item(from, to, in.next());
        }
    }

    private boolean allOfATable() {
        int ahead = 0;
        while (in.peek(ahead).isName() && in.peek(ahead + 1).isSymbol(".")) {
            ahead += 2;
        }
        if (ahead == 0 || !in.peek(ahead).isSymbol("*")) {
            return false;
        }
        for (int i = 0; i <= ahead; i++) {
            in.next();
        }
        return true;
    }
}
