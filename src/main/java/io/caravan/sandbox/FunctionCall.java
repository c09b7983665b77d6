package io.caravan.sandbox;

import java.util.Set;

/**
 * Reads a call of a function, with what only some take: DISTINCT, bare date parts, OVER and WITHIN GROUP.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/c_Window_functions.html">Window functions</a>
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_Dateparts_for_datetime_functions.html">Date parts</a>
 */
final class FunctionCall {

    private static final Set<String> TAKES_A_DATE_PART = Set.of("dateadd", "datediff", "date_part", "date_trunc");

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
            case "extract" -> extract();
            case "trim" -> trim();
            case "substring" -> substring();
            case "position" -> position();
            default -> call(name);
        }
    }

    /** Reads a call whose name, with its schema, has been read. */
    void behindSchema() {
        call(in.peek(-1));
    }

    private void call(Token name) {
        if (!in.leaderNode()) {
            Functions.check(name, !in.peek(1).isSymbol(")"));
        }
        if (name.isWord("nvl")) {
            edits.replace(name, "coalesce");
        } else if (name.isWord("version")) {
            edits.replace(name, "sandbox_internal.version");
        }
        in.expectSymbol("(");
        if (Functions.aggregates(name.text())) {
            in.acceptAny("distinct", "all");
        }
        if (TAKES_A_DATE_PART.contains(name.text())
                && in.peek().kind() == Token.Kind.WORD
                && in.peek(1).isSymbol(",")) {
            Token part = in.next();
            edits.replace(part, "'" + part.text() + "'");
            in.next();
        }
        if (name.isWord("count") && in.acceptSymbol("*")) {
            in.expectSymbol(")");
        } else if (!in.acceptSymbol(")")) {
            arguments(name);
            in.expectSymbol(")");
        }
        withinGroup(name);
        ignoreNulls();
        if (Functions.windows(name.text()) && in.accept("over")) {
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

    private void extract() {
        in.expectSymbol("(");
        if (in.peek().kind() == Token.Kind.STRING) {
            in.next();
        } else {
            in.expectKind(Token.Kind.WORD);
        }
        in.expect("from");
        expressions.expression();
        in.expectSymbol(")");
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
