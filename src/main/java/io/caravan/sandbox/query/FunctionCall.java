package io.caravan.sandbox.query;

import static java.util.stream.Collectors.joining;

import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.token.Edits;
import io.caravan.sandbox.token.RefusedException;
import io.caravan.sandbox.token.Token;
import io.caravan.sandbox.token.TokenCursor;
import java.util.List;

/**
 * Reads a call of a function, with what only some take: DISTINCT, OVER and WITHIN GROUP.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/c_Window_functions.html">Window functions</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_SUM.html">SUM</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_WF_SUM.html">SUM window function</a>
 */
final class FunctionCall {

    /** SUM and AVG of integers are of other types than PostgreSQL's, and of others again as window functions. */
    private static final String TYPES = "sandbox_internal.";

    private static final String WINDOW_TYPES = "pg_sandbox_window.";

    private final TokenCursor in;
    private final Edits edits;
    private final Expressions expressions;

    FunctionCall(TokenCursor in, Edits edits, Expressions expressions) {
        this.in = in;
        this.edits = edits;
        this.expressions = expressions;
    }

    void read() {
        Token name = in.expectLabel();
        switch (name.text()) {
            case "extract" -> new DateCall(in, edits, expressions).extract(name);
            case "decode" -> new Conditional(in, edits, expressions).decode(name);
            case "nvl2" -> new Conditional(in, edits, expressions).nvl2(name);
            case "trim" -> trim();
            case "substring" -> substring();
            case "position" -> position();
            default -> call(name);
        }
    }

    /** Reads a call whose name has been read: in quotes, or behind the schema of all functions that are built in. */
    void behind(List<Token> name) {
        Token last = name.get(name.size() - 1);
        if (name.size() > 1) {
            if (name.size() == 2 && name.get(0).text().equals("pg_catalog")) {
                if (!Catalogue.replaces(last)) {
                    edits.delete(name.get(0).start(), last.start());
                }
            } else if (!in.leaderNode()) {
                throw new RefusedException(new SqlError("42883", "function " + text(name) + "(...) does not exist"));
            }
        }
        call(last);
    }

    private static String text(List<Token> name) {
        return name.stream().map(Token::text).collect(joining("."));
    }

    private void call(Token name) {
        if (!in.leaderNode()) {
            Functions.check(name, !in.peek(1).isSymbol(")"));
        }
        if (DateCall.is(name.text())) {
            new DateCall(in, edits, expressions).read(name);
            return;
        }
        if (name.isWord("nvl")) {
            edits.replace(name, "coalesce");
        } else if (name.isWord("version") || name.isWord("json_serialize")) {
            // PostgreSQL has others of these names.
            edits.replace(name, "sandbox_internal." + name.text());
        }
        in.expectSymbol("(");
        if (Functions.aggregates(name.text())) {
            in.acceptAny("distinct", "all");
        }
        if (name.isWord("count") && in.acceptSymbol("*")) {
            in.expectSymbol(")");
        } else if (!in.acceptSymbol(")")) {
            arguments(name);
            in.expectSymbol(")");
        }
        withinGroup(name);
        ignoreNulls();
        boolean window = Functions.windows(name.text()) && in.accept("over");
        if (name.isWord("sum") || name.isWord("avg")) {
            edits.replace(name, (window ? WINDOW_TYPES : TYPES) + name.text());
        }
        if (window) {
            window();
        }
    }

    /** A name among an aggregate's arguments is a column, never an alias. */
    private void arguments(Token name) {
        (Functions.aggregates(name.text()) ? expressions.naming(null) : expressions).list();
    }

    /** PostgreSQL wants the order between the parentheses of the arguments. */
    private void withinGroup(Token name) {
        if (name.isWord("listagg") && in.peek().isWord("within")) {
            int close = in.peek(-1).start();
            in.expect("within");
            in.expect("group");
            in.expectSymbol("(");
            edits.replace(close, in.peek(-1).end(), " ");
            in.expect("order");
            in.expect("by");
            new Queries(in, edits).ordering();
            in.expectSymbol(")");
        }
    }

    private void ignoreNulls() {
        if ((in.peek().isWord("ignore") || in.peek().isWord("respect"))
                && in.peek(1).isWord("nulls")) {
            throw new RefusedException(SqlError.unsupported(in.peek().raw() + " NULLS"));
        }
    }

    private void window() {
        in.expectSymbol("(");
        if (in.accept("partition", "by")) {
            expressions.list();
        }
        if (in.accept("order", "by")) {
            new Queries(in, edits).ordering();
        }
        if (in.accept("rows")) {
            if (in.accept("between")) {
                bound();
                in.expect("and");
            }
            bound();
        }
        in.expectSymbol(")");
    }

    private void bound() {
        if (!in.accept("current", "row")) {
            if (!in.accept("unbounded")) {
                in.expectKind(Token.Kind.NUMBER);
            }
            in.expectAny("preceding", "following");
        }
    }

    private void trim() {
        in.expectSymbol("(");
        in.acceptAny("both", "leading", "trailing");
        if (!in.peek().isWord("from")) {
            expressions.expression();
        }
        if (in.accept("from")) {
            expressions.expression();
        } else if (in.acceptSymbol(",")) {
            expressions.expression();
        }
        in.expectSymbol(")");
    }

    private void substring() {
        in.expectSymbol("(");
        expressions.expression();
        if (in.accept("from")) {
            expressions.expression();
            if (in.accept("for")) {
                expressions.expression();
            }
        } else {
            in.expectSymbol(",");
            expressions.list();
        }
        in.expectSymbol(")");
    }

    /** The first operand of POSITION, an IN would end. */
    private void position() {
        in.expectSymbol("(");
        expressions.position();
        in.expectSymbol(")");
    }
}
