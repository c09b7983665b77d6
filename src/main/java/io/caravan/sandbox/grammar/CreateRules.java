package io.caravan.sandbox.grammar;

import io.caravan.sandbox.query.Queries;
import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.Statement;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.TokenCursor;
import java.util.List;

/**
 * CREATE: tables lose their keys and their physical design, late-binding views lose that clause, the rest is refused.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html">CREATE TABLE</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_AS.html">CREATE TABLE AS</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_VIEW.html">CREATE VIEW</a>
 */
final class CreateRules {

    /** An option without effect, by which the catalogue tells late-binding views. */
    private static final String LATE_BINDING = "WITH (security_barrier = false) ";

    private CreateRules() {}

    static void rewrite(Statement statement, Edits edits) {
        TokenCursor in = new TokenCursor(statement);
        in.expect("create");
        if (in.accept("or", "replace")) {
            in.expect("view");
            view(in, edits);
            return;
        }
        if (in.accept("view")) {
            view(in, edits);
            return;
        }
        if (in.accept("schema")) {
            schema(in);
        } else if (in.accept("database")) {
            in.expectName();
            in.expectEnd();
        } else if (in.accept("user")) {
            new UserRules(in, edits).createUser();
        } else if (in.accept("group")) {
            new UserRules(in, edits).createGroup();
        } else if (in.accept("role")) {
            new UserRules(in, edits).createRole();
        } else if (in.accept("materialized", "view")) {
            materializedView(in, edits);
        } else {
            table(statement, in, edits);
        }
    }

    /** The quota and whatever else an external schema has are not the sandbox's. */
    private static void schema(TokenCursor in) {
        in.accept("if", "not", "exists");
        in.expectName();
        if (in.accept("authorization")) {
            in.expectName();
        }
        in.expectEnd();
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/materialized-view-create-sql-command.html */
    private static void materializedView(TokenCursor in, Edits edits) {
        in.qualifiedName();
        attributes(in, edits);
        int start = in.peek().start();
        if (in.accept("auto", "refresh")) {
            in.expectAny("yes", "no");
            edits.delete(start, in.peek(-1).end());
        }
        in.expect("as");
        new Queries(in, edits).query();
        in.expectEnd();
    }

    private static void table(Statement statement, TokenCursor in, Edits edits) {
        in.accept("local");
        in.acceptAny("temp", "temporary");
        in.expect("table");
        boolean unlessExists = in.accept("if", "not", "exists");
        List<Token> name = in.qualifiedName();
        if (name.size() > 3) {
            throw RefusedException.near(name.get(3));
        }
        boolean body = in.peek().isSymbol("(");
        boolean namesOnly = body && columnNamesOnly(in);
        if (namesOnly) {
            in.nameList();
        } else if (body) {
            new TableBody(statement, in, edits, name).rewrite();
        }
        attributes(in, edits);
        if (!unlessExists && (!body || namesOnly)) {
            in.expect("as");
            new Queries(in, edits).query();
        }
        in.expectEnd();
    }

    /** CREATE TABLE t (a, b) AS SELECT … */
    private static boolean columnNamesOnly(TokenCursor in) {
        return in.peek(2).isSymbol(",") || in.peek(2).isSymbol(")");
    }

    private static void view(TokenCursor in, Edits edits) {
        in.qualifiedName();
        if (in.peek().isSymbol("(")) {
            in.nameList();
        }
        Token as = in.peek();
        in.expect("as");
        new Queries(in, edits).query();
        int end = in.peek(-1).end();
        if (in.accept("with", "no", "schema", "binding")) {
            edits.delete(end, in.peek(-1).end());
            edits.replace(as, LATE_BINDING + as.raw());
        }
        in.expectEnd();
    }

    /** Table attributes of the physical design, which PostgreSQL does not know. */
    private static void attributes(TokenCursor in, Edits edits) {
        while (true) {
            int start = in.peek().start();
            if (in.accept("diststyle")) {
                in.expectAny("even", "key", "all", "auto");
            } else if (in.accept("distkey")) {
                in.nameList();
            } else if (in.peek().isWord("sortkey")
                    || in.peek().isWord("compound")
                    || in.peek().isWord("interleaved")) {
                if (!in.accept("compound")) {
                    in.accept("interleaved");
                }
                in.expect("sortkey");
                if (!in.accept("auto")) {
                    in.nameList();
                }
            } else if (in.accept("encode")) {
                in.expect("auto");
            } else if (in.accept("backup")) {
                in.expectAny("yes", "no");
            } else {
                return;
            }
            edits.delete(start, in.peek(-1).end());
        }
    }
}
