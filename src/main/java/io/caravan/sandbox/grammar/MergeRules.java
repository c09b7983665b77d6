package io.caravan.sandbox.grammar;

import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.query.Expressions;
import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.ReservedWords;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.TokenCursor;
import java.util.List;

/**
 * MERGE as Redshift takes it, which is far less than PostgreSQL does.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_MERGE.html">MERGE</a>
 */
final class MergeRules {

    private final TokenCursor in;
    private final Expressions expressions;

    MergeRules(TokenCursor in, Edits edits) {
        this.in = in;
        this.expressions = new Expressions(in, edits);
    }

    /** Returns the target's name. */
    List<Token> read() {
        in.expect("merge");
        in.expect("into");
        List<Token> target = in.qualifiedName();
        in.expect("using");
        List<Token> source = in.qualifiedName();
        if (text(target).equals(text(source))) {
            throw new RefusedException(
                    new SqlError("0A000", "Source view/subquery in Merge statement cannot reference target table."));
        }
        if (in.accept("as") || ReservedWords.isAlias(in.peek())) {
            in.expectName();
        }
        in.expect("on");
        expressions.expression();
        if (in.accept("remove")) {
            in.expect("duplicates");
            throw new RefusedException(SqlError.unsupported("MERGE … REMOVE DUPLICATES"));
        }
        Token first = in.peek();
        in.expect("when");
        if (!in.accept("matched")) {
            single(first);
        }
        in.expect("then");
        if (!in.accept("delete")) {
            in.expect("update");
            in.expect("set");
            assignments();
        }
        if (in.atEnd()) {
            throw singleWhen();
        }
        in.expect("when");
        in.expect("not");
        in.expect("matched");
        in.expect("then");
        insert();
        in.expectEnd();
        return target;
    }

    private void single(Token first) {
        boolean insertOnly = in.accept("not", "matched", "then");
        throw insertOnly ? singleWhen() : RefusedException.near(in.atEnd() ? first : in.peek());
    }

    private static RefusedException singleWhen() {
        return new RefusedException(new SqlError("0A000", "MERGE statement with a single WHEN clause is not enabled."));
    }

    private static String text(List<Token> name) {
        return String.join(".", name.stream().map(Token::text).toList());
    }

    /** Column names stand alone: "Don't include the table name when specifying the target column". */
    private void assignments() {
        do {
            in.expectName();
            in.expectSymbol("=");
            value();
        } while (in.acceptSymbol(","));
    }

    private void insert() {
        in.expect("insert");
        if (in.peek().isSymbol("(")) {
            in.nameList();
        }
        in.expect("values");
        in.expectSymbol("(");
        do {
            value();
        } while (in.acceptSymbol(","));
        in.expectSymbol(")");
    }

    /**
     * MERGE becomes a temporary table of these values, and in such a table a NULL has no type of its column. Whether Redshift
     * gives it one is not documented; so it gets none.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_MERGE.html">MERGE</a>, "Usage notes"
     */
    private void value() {
        Token next = in.peek(1);
        if (in.peek().isWord("null") && (next.isSymbol(",") || next.isSymbol(")") || next.isWord("when"))) {
            throw new RefusedException(new SqlError("42804", "NULL has no type in MERGE; write CAST(NULL AS type)"));
        }
        expressions.expression();
    }
}
