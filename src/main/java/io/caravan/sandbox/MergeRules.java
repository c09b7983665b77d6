package io.caravan.sandbox;

import java.util.List;

/**
 * MERGE as Redshift takes it, which is far less than PostgreSQL does.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_MERGE.html">MERGE</a>
 */
final class MergeRules {

    private MergeRules() {}

    static void check(TokenCursor in) {
        in.expect("merge");
        in.expect("into");
        List<Token> target = in.qualifiedName();
        in.expect("using");
        List<Token> source = in.qualifiedName();
        if (text(target).equals(text(source))) {
            throw new RefusedException(
                    new SqlError("0A000", "Source view/subquery in Merge statement cannot reference target table."));
        }
        if (in.accept("as") || (in.peek().isName() && !in.peek().isWord("on"))) {
            in.expectName();
        }
        in.expect("on");
        condition(in);
        if (in.accept("remove")) {
            in.expect("duplicates");
            throw new RefusedException(SqlError.unsupported("MERGE … REMOVE DUPLICATES"));
        }
        Token first = in.peek();
        in.expect("when");
        if (!in.accept("matched")) {
            single(in, first);
        }
        in.expect("then");
        if (!in.accept("delete")) {
            in.expect("update");
            in.expect("set");
            assignments(in);
        }
        if (in.atEnd()) {
            throw singleWhen();
        }
        in.expect("when");
        in.expect("not");
        in.expect("matched");
        in.expect("then");
        insert(in);
        in.expectEnd();
    }

    private static void single(TokenCursor in, Token first) {
        boolean insertOnly = in.accept("not", "matched", "then");
        throw insertOnly ? singleWhen() : RefusedException.near(in.atEnd() ? first : in.peek());
    }

    private static RefusedException singleWhen() {
        return new RefusedException(new SqlError("0A000", "MERGE statement with a single WHEN clause is not enabled."));
    }

    private static String text(List<Token> name) {
        return String.join(".", name.stream().map(Token::text).toList());
    }

    private static void condition(TokenCursor in) {
        int start = in.index();
        int cases = 0;
        while (!in.atEnd()
                && !in.peek().isWord("remove")
                && (cases > 0 || !in.peek().isWord("when"))) {
            Token token = in.next();
            cases += token.isWord("case") ? 1 : token.isWord("end") ? -1 : 0;
            if (token.isSymbol("(")) {
                in.skipParentheses();
            }
        }
        if (in.index() == start) {
            throw RefusedException.near(in.peek());
        }
    }

    /** Column names stand alone: "Don't include the table name when specifying the target column". */
    private static void assignments(TokenCursor in) {
        do {
            in.expectName();
            in.expectSymbol("=");
            expression(in);
        } while (in.acceptSymbol(","));
    }

    private static void expression(TokenCursor in) {
        int cases = 0;
        while (!in.atEnd()
                && !in.peek().isSymbol(",")
                && (cases > 0 || !in.peek().isWord("when"))) {
            Token token = in.next();
            cases += token.isWord("case") ? 1 : token.isWord("end") ? -1 : 0;
            if (token.isSymbol("(")) {
                in.skipParentheses();
            }
        }
    }

    private static void insert(TokenCursor in) {
        in.expect("insert");
        if (in.acceptSymbol("(")) {
            do {
                in.expectName();
            } while (in.acceptSymbol(","));
            in.expectSymbol(")");
        }
        in.expect("values");
        in.expectSymbol("(");
        in.skipParentheses();
    }
}
