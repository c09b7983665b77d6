package io.caravan.sandbox.grammar;

import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.query.Expressions;
import io.caravan.sandbox.query.Queries;
import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.TokenCursor;
import java.util.List;

/**
 * Statements of few words, each as its page has it.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/c_SQL_commands.html">SQL commands</a>
 */
final class OtherRules {

    private final TokenCursor in;
    private final Edits edits;

    OtherRules(TokenCursor in, Edits edits) {
        this.in = in;
        this.edits = edits;
    }

    List<Token> truncate() {
        in.expect("truncate");
        in.accept("table");
        List<Token> name = in.qualifiedName();
        in.expectEnd();
        return name;
    }

    /** LOCK knows one mode, ACCESS EXCLUSIVE, and no word for it. */
    void lock() {
        in.expect("lock");
        in.accept("table");
        tables();
        in.expectEnd();
    }

    void drop() {
        in.expect("drop");
        for (String kind : new String[] {"user", "group", "role"}) {
            if (in.accept(kind)) {
                new UserRules(in, edits).drop(kind);
                return;
            }
        }
        if (in.accept("database")) {
            in.accept("if", "exists");
            in.expectName();
        } else {
            if (!in.accept("materialized", "view")) {
                in.expectAny("table", "view", "schema");
            }
            in.accept("if", "exists");
            tables();
            in.acceptAny("cascade", "restrict");
        }
        in.expectEnd();
    }

    private void tables() {
        do {
            in.qualifiedName();
        } while (in.acceptSymbol(","));
    }

    void analyze() {
        in.expectAny("analyze", "analyse");
        if (in.peek().isWord("compression")) {
            throw new RefusedException(SqlError.unsupported("ANALYZE COMPRESSION"));
        }
        in.accept("verbose");
        if (in.atEnd()) {
            return;
        }
        in.qualifiedName();
        if (in.peek().isSymbol("(")) {
            in.nameList();
        }
        int end = in.peek(-1).end();
        if (in.accept("predicate", "columns") || in.accept("all", "columns")) {
            edits.delete(end, in.peek(-1).end());
        }
        in.expectEnd();
    }

    /** What is sorted and merged means nothing here: all its forms are one. */
    void vacuum() {
        in.expect("vacuum");
        int start = in.peek(-1).end();
        if (!in.accept("sort", "only") && !in.accept("delete", "only")) {
            in.acceptAny("full", "reindex", "recluster");
        }
        edits.delete(start, in.peek(-1).end());
        if (!in.atEnd()) {
            in.qualifiedName();
            int end = in.peek(-1).end();
            if (in.accept("to")) {
                in.expectKind(Token.Kind.NUMBER);
                in.expect("percent");
            }
            in.accept("boost");
            edits.delete(end, in.peek(-1).end());
        }
        in.expectEnd();
    }

    void refresh() {
        in.expect("refresh");
        in.expect("materialized");
        in.expect("view");
        in.qualifiedName();
        in.acceptAny("cascade", "restrict");
        if (in.peek(-1).isWord("cascade") || in.peek(-1).isWord("restrict")) {
            throw new RefusedException(SqlError.unsupported(
                    "REFRESH MATERIALIZED VIEW … " + in.peek(-1).raw()));
        }
        in.expectEnd();
    }

    void comment() {
        in.expect("comment");
        in.expect("on");
        in.expectAny("table", "column", "schema", "view", "database", "constraint");
        if (in.peek(-1).isWord("constraint")) {
            in.expectName();
            in.expect("on");
        }
        in.qualifiedName();
        in.expect("is");
        if (!in.accept("null")) {
            in.expectKind(Token.Kind.STRING);
        }
        in.expectEnd();
    }

    void declare() {
        in.expect("declare");
        in.expectName();
        in.expect("cursor");
        in.expect("for");
        new Queries(in, edits).query();
        in.expectEnd();
    }

    void fetch() {
        in.expect("fetch");
        if (in.accept("forward")) {
            if (!in.accept("all") && in.peek().kind() == Token.Kind.NUMBER) {
                in.next();
            }
        } else {
            in.acceptAny("next", "all");
        }
        in.expect("from");
        in.expectName();
        in.expectEnd();
    }

    void close() {
        in.expect("close");
        in.expectName();
        in.expectEnd();
    }

    void execute() {
        in.expect("execute");
        in.expectName();
        if (in.acceptSymbol("(")) {
            new Expressions(in, edits).withoutSubqueries().list();
            in.expectSymbol(")");
        }
        in.expectEnd();
    }

    void deallocate() {
        in.expect("deallocate");
        in.accept("prepare");
        if (!in.accept("all")) {
            in.expectName();
        }
        in.expectEnd();
    }
}
