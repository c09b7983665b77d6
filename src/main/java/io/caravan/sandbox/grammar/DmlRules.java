package io.caravan.sandbox.grammar;

import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.query.Expressions;
import io.caravan.sandbox.query.Queries;
import io.caravan.sandbox.query.Tables;
import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.ReservedWords;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.TokenCursor;
import java.util.List;

/**
 * INSERT, UPDATE and DELETE, without RETURNING, ON CONFLICT and whatever else Redshift's grammar has not.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_INSERT_30.html">INSERT</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_UPDATE.html">UPDATE</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_DELETE.html">DELETE</a>
 */
final class DmlRules {

    private final TokenCursor in;
    private final Edits edits;
    private final Expressions expressions;

    DmlRules(TokenCursor in, Edits edits) {
        this.in = in;
        this.edits = edits;
        this.expressions = new Expressions(in, edits);
    }

    /** Returns the target's name. */
    List<Token> insert() {
        in.expect("insert");
        in.expect("into");
        List<Token> target = in.qualifiedName();
        boolean query = in.peek(1).isWord("select")
                || in.peek(1).isWord("with")
                || in.peek(1).isSymbol("(");
        if (in.peek().isSymbol("(") && !query) {
            in.nameList();
        }
        if (in.accept("values")) {
            do {
                row();
            } while (in.acceptSymbol(","));
        } else if (!in.accept("default", "values")) {
            if (!in.peek().isWord("select")
                    && !in.peek().isWord("with")
                    && !in.peek().isSymbol("(")) {
                throw RefusedException.near(in.peek());
            }
            new Queries(in, edits).query();
        }
        in.expectEnd();
        return target;
    }

    private void row() {
        Expressions values = expressions.withoutSubqueries();
        in.expectSymbol("(");
        do {
            if (!in.accept("default")) {
                values.expression();
            }
        } while (in.acceptSymbol(","));
        in.expectSymbol(")");
    }

    List<Token> update() {
        in.expect("update");
        List<Token> target = in.qualifiedName();
        if (in.accept("as") || ReservedWords.isAlias(in.peek())) {
            in.expectName();
        }
        in.expect("set");
        do {
            in.expectName();
            in.expectSymbol("=");
            if (!in.accept("default")) {
                expressions.expression();
            }
        } while (in.acceptSymbol(","));
        boolean joins = in.accept("from");
        if (joins) {
            new Tables(in, edits).list();
        }
        int condition = in.index();
        where();
        if (joins && in.statement().tokens().stream().skip(condition).noneMatch(t -> t.isSymbol("="))) {
            throw new RefusedException(new SqlError("0A000", "Target table must be part of an equijoin predicate"));
        }
        return target;
    }

    List<Token> delete() {
        in.expect("delete");
        in.expect("from");
        List<Token> target = in.qualifiedName();
        if (in.accept("using")) {
            new Tables(in, edits).list();
        }
        where();
        return target;
    }

    private void where() {
        if (in.accept("where")) {
            expressions.expression();
        }
        in.expectEnd();
    }
}
